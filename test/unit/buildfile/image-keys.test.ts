import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { summaries } from "./harness.ts";
import { expectSchemaToAgree } from "./schema-agreement.ts";

function read(text: string) {
  return readSpec({ name: "julia.toml", text: `julia = "1.11"\n${text}` });
}

describe("the keys of [image]", () => {
  const invalid = (place: string, value: string, path: string) =>
    `${place} error invalid-value: \`${value}\` cannot be the value of \`${path}\``;
  const wrong: readonly [text: string, expected: readonly string[], suggestion?: string][] = [
    ["image = 1", ["2:9 error wrong-type: `image` must be a table"]],
    [
      "[image]\nworkdri = '/x'",
      ["3:1 error unknown-key: unknown key `workdri` in [image]"],
      "did you mean `workdir`?",
    ],
    [
      "[image]\nentrypoint = 'julia main.jl'",
      ["3:14 error wrong-type: `image.entrypoint` must be a list of strings, not a string"],
      "write it as a list: `['julia main.jl']`",
    ],
    [
      "[image]\ncmd = ['a', 1]",
      ["3:13 error wrong-type: `image.cmd[1]` must be a string, not a number"],
      'write it in quotes: `"1"`',
    ],
    [
      '[image]\nbase = "debian"\nkeep-stdlibs = ["Te st"]',
      [invalid("4:17", "Te st", "image.keep-stdlibs[0]")],
    ],
    ['[image]\ncmd = ["a\\u0000"]', [invalid("3:8", "a\uFFFD", "image.cmd[0]")]],
    [
      "main = 'main.jl'\n[image]\nentrypoint = ['julia', 'main.jl']",
      ["4:1 error conflicting-keys: `main` has no effect beside `image.entrypoint`"],
    ],
    [
      "[image]\nworkdir = 'data'",
      [invalid("3:11", "data", "image.workdir")],
      "must be absolute: with `/` at the front",
    ],
    [
      "[image]\nworkdir = '/data/../etc'",
      [invalid("3:11", "/data/../etc", "image.workdir")],
      "a path must not contain `.` or `..`",
    ],
    [
      "[image]\nexpose = [8080]",
      ["3:11 error wrong-type: `image.expose[0]` must be a string, not a number"],
      'write it in quotes: `"8080"`',
    ],
    [
      "[image]\nexpose = ['8080:80']",
      [invalid("3:11", "8080:80", "image.expose[0]")],
      "name the port in the container alone: `docker run --publish` says where it goes",
    ],
    ["[image]\nexpose = ['65536']", [invalid("3:11", "65536", "image.expose[0]")], "ports end at 65535"],
    [
      "[image]\nexpose = ['90-80/udp']",
      [invalid("3:11", "90-80/udp", "image.expose[0]")],
      "write the smaller port first: `80-90/udp`",
    ],
    [
      "[image]\nexpose = ['1-1001']",
      [invalid("3:11", "1-1001", "image.expose[0]")],
      "a range has no more than 1000 ports",
    ],
    ["[image]\nexpose = ['80/http']", [invalid("3:11", "80/http", "image.expose[0]")]],
    [
      "[image]\nvolumes = ['/']",
      [invalid("3:12", "/", "image.volumes[0]")],
      "the root of the image cannot be a volume",
    ],
    [
      "[image]\nvolumes = ['/opt/julia', '/app', '/app/data']",
      [
        "3:1 error overlapping-paths: the volume /opt/julia would keep the depot (/opt/julia/depot) of an older image",
        "3:1 error overlapping-paths: the volume /app would keep the project (/app) of an older image",
      ],
      "give the data a folder of its own",
    ],
    ["[image]\nstop-signal = 'SIGSTOPP'", [invalid("3:15", "SIGSTOPP", "image.stop-signal")]],
    ["[image]\nstop-signal = '65'", [invalid("3:15", "65", "image.stop-signal")]],
    [
      "[image]\nhealthcheck = 'curl localhost'",
      ["3:15 error wrong-type: `image.healthcheck` must be a table"],
    ],
    [
      "[image.healthcheck]\ninterval = '5s'",
      ["2:2 error invalid-value: `image.healthcheck` needs `command`"],
    ],
    [
      "[image.healthcheck]\ncommand = []",
      ["3:11 error invalid-value: `image.healthcheck.command` is empty"],
      'as in `command = ["curl", "--fail", "http://localhost:8080/"]`',
    ],
    [
      "[image.healthcheck]\ncommand = ['x']\ntimout = '1s'",
      ["4:1 error unknown-key: unknown key `timout` in [image.healthcheck]"],
      "did you mean `timeout`?",
    ],
    [
      "[image.healthcheck]\ncommand = ['x']\ninterval = 5",
      ["4:12 error wrong-type: `image.healthcheck.interval` must be a string, not a number"],
    ],
    [
      "[image.healthcheck]\ncommand = ['x']\ninterval = '5'",
      [invalid("4:12", "5", "image.healthcheck.interval")],
      "it must be a time, such as `30s`, `1m30s` or `500ms`",
    ],
    [
      "[image.healthcheck]\ncommand = ['x']\ntimeout = '0s'\nstart-period = '25h'",
      [
        invalid("4:11", "0s", "image.healthcheck.timeout"),
        invalid("5:16", "25h", "image.healthcheck.start-period"),
      ],
      "it is from `1ms` to `24h`",
    ],
    [
      "[image.healthcheck]\ncommand = ['x']\nstart-interval = ''\nretries = 0",
      [
        invalid("4:18", "", "image.healthcheck.start-interval"),
        "5:11 error invalid-value: 0 cannot be the value of `image.healthcheck.retries`",
      ],
    ],
  ];

  it.each(wrong)("finds what is wrong with %j", (text, expected, suggestion) => {
    const { spec, diagnostics } = read(text);
    expect(summaries(diagnostics)).toEqual(expected);
    expect(spec).toBeUndefined();
    expectSchemaToAgree(`julia = "1.11"\n${text}`, diagnostics);
    if (suggestion !== undefined) {
      expect(diagnostics[0]?.suggestion).toBe(suggestion);
    }
  });

  it("are all absent by default", () => {
    expect(read("").spec?.image).toEqual({
      keepStdlibs: [],
      compileAtRunTime: false,
      expose: [],
      volumes: [],
    });
  });

  it("take what a Dockerfile takes", () => {
    const { spec, diagnostics } = read(`[args]
PORT = "8080"
[image]
base = "debian:trixie-slim"
keep-stdlibs = ["Pkg"]
compile-at-run-time = true
entrypoint = ["julia", "--threads=4", "a b.jl"]
cmd = []
workdir = "/data/"
expose = ["\${PORT}", "53/udp", "9000-9002"]
volumes = ["/data", "/tmp"]
stop-signal = "SIGRTMIN+3"
[image.healthcheck]
command = ["curl", "http://localhost:\${PORT}/"]
interval = "1m30s"
timeout = "1.5s"
start-period = "24h"
start-interval = "1ms"
retries = 5
`);
    expect(summaries(diagnostics)).toEqual([]);
    expect(spec?.image).toEqual({
      base: "docker.io/library/debian:trixie-slim",
      keepStdlibs: ["Pkg"],
      compileAtRunTime: true,
      entrypoint: ["julia", "--threads=4", "a b.jl"],
      cmd: [],
      workdir: "/data",
      expose: ["8080", "53/udp", "9000-9002"],
      volumes: ["/data", "/tmp"],
      stopSignal: "SIGRTMIN+3",
      healthcheck: {
        command: ["curl", "http://localhost:8080/"],
        interval: 90_000_000_000,
        timeout: 1_500_000_000,
        startPeriod: 86_400_000_000_000,
        startInterval: 1_000_000,
        retries: 5,
      },
    });
  });

  it.each(["SIGTERM", "INT", "RTMAX-14", "1", "64"])("take %s as a signal", (name) => {
    const { spec } = read(`[image]\nstop-signal = "${name}"`);
    expect(spec?.image.stopSignal).toBe(name);
  });
});

describe("keys of the command that an image starts", () => {
  const found = (text: string) =>
    summaries(readSpec({ name: "julia.toml", text: `julia = "1.12"\n${text}` }).diagnostics);
  const loadFile = "/opt/julia/depot/startup/load.jl";

  it.each([
    [
      "[run]\nthreads = 2\n[image]\ncmd = ['julia', 'x.jl']",
      ["3:1 error conflicting-keys: `run.threads` has no effect beside `image.cmd`"],
    ],
    [
      "[precompile]\nworkload = 'w.jl'\n[image]\ncmd = ['julia', 'x.jl']",
      ["5:1 error conflicting-keys: `image.cmd` does not load what `precompile.workload` compiles"],
    ],
    [
      '[image]\nkeep-stdlibs = ["Test"]',
      ["3:1 error conflicting-keys: `image.keep-stdlibs` has no effect without `image.base`"],
    ],
    [
      "[precompile]\nworkload-timeout = '1m'",
      [
        "3:1 error conflicting-keys: `precompile.workload-timeout` has no effect without `precompile.workload`",
      ],
    ],
    [
      "main = 'a.jl'\nmodule = 'A'",
      ["3:1 error conflicting-keys: `main` and `module` both say what the image runs"],
    ],
    [
      "[run]\ngc-threads = 2\n[image]\nentrypoint = ['julia']",
      ["3:1 error conflicting-keys: `run.gc-threads` has no effect beside `image.entrypoint`"],
    ],
    ["main = 'a.jl'\n[run]\nthreads = 2\n[image]\ncmd = ['--port', '80']", []],
    ["module = 'A'\n[precompile]\nworkload = 'w.jl'\n[image]\ncmd = ['--port', '80']", []],
    [`[precompile]\nworkload = 'w.jl'\n[image]\nentrypoint = ['julia', '-L', '${loadFile}', 'x.jl']`, []],
    [`[precompile]\nworkload = 'w.jl'\n[image]\nentrypoint = []\ncmd = ['julia', '-L', '${loadFile}']`, []],
  ])("of %j", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});
