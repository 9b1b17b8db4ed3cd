import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import type { Spec } from "../../../src/buildfile/spec.ts";
import { expectSpansInside, summaries } from "./harness.ts";

function read(text: string, buildArgs: Readonly<Record<string, string>> = {}) {
  return readSpec({ name: "julia.toml", text }, new Map(Object.entries(buildArgs)));
}

function specOf(text: string, buildArgs?: Readonly<Record<string, string>>): Spec {
  const { spec, diagnostics } = read(text, buildArgs);
  expect(summaries(diagnostics)).toEqual([]);
  if (spec === undefined) {
    throw new Error("no spec, though nothing is wrong");
  }
  return spec;
}

describe("a spec of two lines", () => {
  const spec = specOf('# syntax=registry.example.com/julia:1\njulia = "1.11"\n');

  it("gets every default", () => {
    const { file: _file, spans: _spans, check: _check, ...rest } = spec;
    expect(rest).toEqual({
      julia: { text: "1.11", version: { major: 1, minor: 11 } },
      base: "docker.io/library/julia:1.11",
      project: ".",
      path: "/app",
      user: { text: "1000:1000", user: "1000", group: "1000", uid: 1000, gid: 1000 },
      args: new Map(),
      env: new Map(),
      labels: new Map(),
      packages: { apt: [], buildApt: [] },
      depot: { path: "/opt/julia/depot", maxUnusedDays: 60, keepRegistries: false },
      pkg: { lazyArtifacts: false, useCliGit: false, offline: false },
      registries: [],
      secrets: [],
      precompile: { strict: true, flags: [], workloadTimeout: 300 },
      run: {},
      image: { keepStdlibs: [], compileAtRunTime: false, expose: [], volumes: [] },
      test: { args: [], env: new Map(), threads: 1 },
    });
  });

  it("knows where its key stands", () => {
    expect([...spec.spans]).toEqual([
      ["julia", { start: { line: 2, character: 0 }, end: { line: 2, character: 14 } }],
    ]);
  });

  it.each(["#!/usr/bin/env -S docker build -f\n", "\ufeff# syntax=x\n", "# a\r\n\r\n"])(
    "may begin with %j",
    (start) => {
      expect(specOf(`${start}julia = "1.11"\n`).julia?.text).toBe("1.11");
    },
  );
});

describe("every supported key", () => {
  const spec = specOf(`
julia = "1.11.4"
base = "registry.example.com:5000/team/julia:1.11.4-bookworm"
project = "./services/api/"
path = "/srv/api/"
main = "bin/main.jl"
user = "julia:staff"

[args]
TITLE = "API"

[env]
TZ = "UTC"
PRICE = "5 $$"

[labels]
"org.opencontainers.image.title" = "\${TITLE}"

[packages]
apt = ["libgomp1", "git=1:2.39.5-0+deb12u2"]
build-apt = ["gcc"]

[depot]
path = "/opt/depot"
cache-id = "team-a"
max-unused-days = 14
keep-registries = true

[pkg]
lazy-artifacts = true
auth = "pkg-token"
registry-preference = "eager"
use-cli-git = true
offline = true
server = "https://pkg.example.com/"

[precompile]
cpu-target = "generic;haswell,-rdrnd,base(1)"
strict = false
tasks = 2
flags = ["--check-bounds=no", "-O2"]
workload = "test/warm.jl"
workload-timeout = "1m30s"

[run]
threads = 4
heap-size-hint = "2G"
gc-threads = "2,1"

[image]
expose = ["8080"]

[test]
args = ["--quick"]
env = { LIMIT = "7" }
threads = 2

[[registries]]
name = "Team"
url = "https://git.example.com/registry.git"

[[registries]]
uuid = "23338594-AAFE-5451-b93e-139f81909106"

[secrets.git-config]
target = "/root/.gitconfig"

[secrets.token]
env = "TOKEN"
required = false

[ssh]
known-hosts = ["git.example.com ssh-ed25519 ${"A".repeat(68)}"]
`);

  it("reaches the spec", () => {
    const { file: _file, spans: _spans, check: _check, ...rest } = spec;
    expect(rest).toEqual({
      julia: { text: "1.11.4", version: { major: 1, minor: 11, patch: 4 } },
      base: "registry.example.com:5000/team/julia:1.11.4-bookworm",
      project: "services/api",
      path: "/srv/api",
      main: "bin/main.jl",
      user: { text: "julia:staff", user: "julia", group: "staff" },
      args: new Map([["TITLE", "API"]]),
      env: new Map([
        ["TZ", "UTC"],
        ["PRICE", "5 $"],
      ]),
      labels: new Map([["org.opencontainers.image.title", "API"]]),
      packages: { apt: ["libgomp1", "git=1:2.39.5-0+deb12u2"], buildApt: ["gcc"] },
      depot: { path: "/opt/depot", cacheId: "team-a", maxUnusedDays: 14, keepRegistries: true },
      pkg: {
        server: "https://pkg.example.com",
        lazyArtifacts: true,
        auth: "pkg-token",
        registryPreference: "eager",
        useCliGit: true,
        offline: true,
      },
      registries: [
        { name: "Team", url: "https://git.example.com/registry.git" },
        { uuid: "23338594-aafe-5451-b93e-139f81909106" },
      ],
      secrets: [
        { id: "git-config", target: "/root/.gitconfig", required: true },
        { id: "token", env: "TOKEN", required: false },
      ],
      ssh: { ids: ["default"], knownHosts: [`git.example.com ssh-ed25519 ${"A".repeat(68)}`] },
      precompile: {
        cpuTarget: "generic;haswell,-rdrnd,base(1)",
        strict: false,
        tasks: 2,
        flags: ["--check-bounds=no", "-O2"],
        workload: "test/warm.jl",
        workloadTimeout: 90,
      },
      run: { threads: "4", heapSizeHint: "2G", gcThreads: "2,1" },
      // Those of [image] are in image-keys.test.ts.
      image: { keepStdlibs: [], compileAtRunTime: false, expose: ["8080"], volumes: [] },
      test: { args: ["--quick"], env: new Map([["LIMIT", "7"]]), threads: 2 },
    });
  });

  it("has a place in the file", () => {
    expect(spec.spans.get("precompile.cpu-target")).toEqual({
      start: { line: 38, character: 0 },
      end: { line: 38, character: 45 },
    });
    expect(spec.spans.get("packages")?.start.line).toBe(19);
    expect(spec.spans.get("labels.org.opencontainers.image.title")?.start.line).toBe(17);
  });
});

describe("arguments", () => {
  const text = `julia = "\${JULIA}"
[args]
JULIA = "1.10"
STRICT = "true"
TASKS = ""
[precompile]
strict = "\${STRICT}"
tasks = "\${TASKS:-3}"
`;

  it("have their defaults, and types after substitution", () => {
    const spec = specOf(text);
    expect(spec.julia?.text).toBe("1.10");
    expect(spec.precompile).toMatchObject({ strict: true, tasks: 3, flags: [] });
  });

  it("are overridden by --build-arg", () => {
    const spec = specOf(text, {
      JULIA: "1.12",
      STRICT: "false",
      TASKS: "1",
      HTTP_PROXY: "http://proxy.example.com",
    });
    expect(spec.base).toBe("docker.io/library/julia:1.12");
    expect(spec.precompile).toMatchObject({ strict: false, tasks: 1, flags: [] });
    expect(spec.args.get("TASKS")).toBe("1");
  });

  it.each([
    [{ STRICT: "yes" }, "7:10 error wrong-type: `yes`, after substitution, is not `true` or `false`"],
    [{ TASKS: "many" }, "8:9 error wrong-type: `many`, after substitution, is not a whole number"],
    [{ TASKS: "0" }, "8:9 error invalid-value: 0 cannot be the value of `precompile.tasks`"],
    [{ JULIA: "1.11 --eval" }, "1:9 error invalid-value: `1.11 --eval` cannot be the value of `julia`"],
    [{ JULLIA: "1.12" }, "- warning undeclared-build-arg: --build-arg `JULLIA` is not declared under [args]"],
  ])("given as %j are checked", (buildArgs, expected) => {
    expect(summaries(read(text, buildArgs).diagnostics)).toEqual([expected]);
  });

  it.each([
    ["${X}", ["2:5 error undeclared-arg: the argument `X` is not declared under [args]"]],
    ["$HOME/bin", ["2:5 error invalid-substitution: `$` begins nothing that could be substituted"]],
    ["${a b}", ["2:5 error invalid-substitution: `$` begins nothing that could be substituted"]],
    ["$$HOME", []],
    ["100 $$", []],
  ])("in the string %j", (value, expected) => {
    expect(summaries(read(`[env]\nA = "${value}"\n[args]\n[precompile]`).diagnostics.slice(1))).toEqual(
      expected,
    );
  });

  it("cannot be used to make a small spec large", () => {
    const { diagnostics } = read(
      `julia = "1.11"\n[env]\nA = "${"${X}".repeat(100)}"\n[args]\nX = "${"x".repeat(1000)}"`,
    );
    expect(summaries(diagnostics)).toEqual([
      "3:5 error invalid-substitution: the result is longer than 16384 characters",
    ]);
  });
});

describe("hostile texts", () => {
  const words = [
    "julia",
    "[args]",
    "[env]",
    "[[a]]",
    "=",
    '"',
    "'",
    '"""',
    "${",
    "}",
    "$",
    ".",
    "\n",
    "\r\n",
    "{",
    "}",
    "[",
    "]",
    ",",
    "1.10",
    "#",
    "\u0000",
    "\ufeff",
    "é",
    "😀",
    "\u2028",
    "true",
    "1979-05-27",
  ];
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.oneof(fc.constantFrom(...words), fc.string())).map((parts) => parts.join("")),
    fc
      .array(
        fc.tuple(
          fc.constantFrom(
            "julia",
            "base",
            "path",
            "main",
            "user",
            "env.A",
            "packages.apt",
            "depot.path",
            "x",
          ),
          fc.json(),
        ),
      )
      .map((pairs) => pairs.map(([key, value]) => `${key} = ${value}`).join("\n")),
  );

  it("neither crash readSpec nor make it point outside the file", () => {
    fc.assert(
      fc.property(hostile, fc.dictionary(fc.string(), fc.string()), (text, buildArgs) => {
        const { spec, diagnostics } = read(text, buildArgs);
        expect(diagnostics.map(({ rule }) => rule)).not.toContain("internal-error");
        expect(spec !== undefined || diagnostics.length > 0).toBe(true);
        expectSpansInside(diagnostics);
      }),
      { numRuns: 1000 },
    );
  });

  const size = 128 * 1024;
  it.each([
    ["keys", Array.from({ length: 12_000 }, (_, index) => `k${index} = 1`).join("\n")],
    ["a list", `a = [${"1,".repeat(60_000)}]`],
    ["open brackets", `a = ${"[".repeat(size - 4)}`],
    ["nested lists", `a = ${"[".repeat(60_000)}${"]".repeat(60_000)}`],
    ["nested tables", `a = ${"{a=".repeat(30_000)}1${"}".repeat(30_000)}`],
    ["a dotted key", `${"a.".repeat(60_000)}a = 1`],
    ["a slash for every character", `julia = "1"\npath = "${"/".repeat(100_000)}"`],
    ["a long name of an image", `base = "${"a".repeat(100_000)}"`],
    ["a long list of targets", `julia = "1"\n[precompile]\ncpu-target = "${"a,".repeat(50_000)}"`],
  ])(
    "are read or refused in time that grows with their size only: %s",
    { timeout: 10_000 },
    (_name, text) => {
      expect(read(text).diagnostics.length).toBeGreaterThan(0);
    },
  );
});
