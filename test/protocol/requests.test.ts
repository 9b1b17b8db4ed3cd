import { fromBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { answer, questions } from "../../src/answers/questions.ts";
import { specSchema } from "../../src/buildfile/json-schema.ts";
import { isDetail } from "../../src/buildkit/gateway/error-details.ts";
import { type FrontendResult, StatusError } from "../../src/buildkit/gateway/index.ts";
import { OpSchema } from "../../src/buildkit/gen/ops_pb.ts";
import type { FakeBuildkitOptions } from "./fake-buildkit.ts";
import { startSession } from "./session.ts";

const uuid = "7876af07-990d-54b4-ab0e-23690620f79a";
const base = "docker.io/library/julia:1.11";
const digest = `sha256:${"a".repeat(64)}`;
const image = { os: "linux", architecture: "amd64", config: { Env: ["JULIA_VERSION=1.11.2"] } };
const context = {
  "Project.toml": `name = "App"\nuuid = "10000000-0000-0000-0000-000000000000"\n[deps]\nExample = "${uuid}"\n`,
  "Manifest.toml": `julia_version = "1.11.2"\nmanifest_format = "2.0"\n[[deps.Example]]\ngit-tree-sha1 = "46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc"\nuuid = "${uuid}"\nversion = "0.5.3"\n`,
  "main.jl": "",
};

/** What a request is answered for a spec, with the project above. */
async function ask(
  request: string,
  spec: string,
  more: { readonly options?: Readonly<Record<string, string>>; readonly daemon?: FakeBuildkitOptions } = {},
) {
  const { daemon, client } = await startSession({
    sources: { "local://dockerfile": { "julia.toml": spec }, "local://context": context },
    images: { [base]: { digest, config: JSON.stringify(image), isForEveryPlatform: true } },
    ...more.daemon,
  });
  const options = new Map(Object.entries({ filename: "julia.toml", requestid: request, ...more.options }));
  const result = await answer(client, {
    options,
    sessionId: "session",
    workers: [],
  });
  return { daemon, ...metadataOf(result) };
}

function metadataOf({ metadata, reference, references }: FrontendResult) {
  const text = (name: string) => metadata.get(name)?.toString() ?? "";
  return {
    json: JSON.parse(text("result.json")),
    text: text("result.txt"),
    status: metadata.get("result.statuscode"),
    version: text("version"),
    hasFiles: reference !== undefined || references !== undefined,
  };
}

const julia = 'julia = "1.11"\n';

describe("--call check", () => {
  it("finds nothing in a good spec", async () => {
    const answer = await ask("frontend.lint", julia);
    expect(answer.json).toEqual({ warnings: [], sources: [] });
    expect(answer).toMatchObject({ status: "0", version: "1.0.0", hasFiles: false });
    expect(answer.text).toBe("Check complete, nothing was found.\n");
  });

  it("refuses a base image with triggers", async () => {
    const config = { ...image, config: { ...image.config, OnBuild: ["COPY . /src"] } };
    const images = { [base]: { digest, config: JSON.stringify(config), isForEveryPlatform: true } };
    const { json } = await ask("frontend.lint", julia, { daemon: { images } });
    expect(json.buildError.message).toContain("triggers that only a Dockerfile runs: `COPY . /src`");
    await expect(ask("frontend.plan", julia, { daemon: { images } })).rejects.toThrow("onbuild-base");
  });

  it("follows links in the context, and refuses those that lead out of it", async () => {
    const { "Manifest.toml": manifest, ...others } = context;
    const linked = (link: string) => ({
      "local://dockerfile": { "julia.toml": julia },
      "local://context": { ...others, "env/Manifest.toml": manifest, "Manifest.toml": { link } },
    });
    const inside = await ask("frontend.lint", julia, { daemon: { sources: linked("env/Manifest.toml") } });
    expect(inside.json).toEqual({ warnings: [], sources: [] });
    const outside = await ask("frontend.lint", julia, { daemon: { sources: linked("../Manifest.toml") } });
    expect(outside.json.buildError.message).toContain("(link-outside-context)");
    expect(outside.json.buildError.message).toContain("`Manifest.toml` is a link to `../Manifest.toml`");
  });

  it("has a warning for each finding, in spec and project, with its place", async () => {
    const sources = {
      "local://dockerfile": { "julia.toml": `${julia}user = "root"\n` },
      "local://context": {
        ...context,
        "Manifest.toml": context["Manifest.toml"].replace("1.11.2", "1.10.4"),
      },
    };
    const answer = await ask("frontend.lint", "", { daemon: { sources }, options: { "build-arg:X": "1" } });
    const places = answer.json.warnings.map((warning: { ruleName: string; location: object }) => [
      warning.ruleName,
      warning.location,
    ]);
    expect(places).toEqual([
      ["user-is-root", { ranges: [{ start: { line: 2 }, end: { line: 2, character: 13 } }] }],
      ["undeclared-build-arg", { sourceIndex: -1 }],
      [
        "manifest-of-other-julia",
        { sourceIndex: 1, ranges: [{ start: { line: 1 }, end: { line: 1, character: 24 } }] },
      ],
    ]);
    expect(answer.json.sources.map(({ filename }: { filename: string }) => filename)).toEqual([
      "julia.toml",
      "Manifest.toml",
    ]);
    expect(answer.status).toBe("1");
    expect(answer.text).toContain("julia.toml:2:1: warning: the image runs as root (user-is-root)");
    expect(answer.text).toMatch(/\n\nCheck complete, 3 warnings found\.\n$/);
  });

  it("has all errors in one, at the places in the first one's file", async () => {
    const answer = await ask("frontend.lint", 'julia = "v1"\nprojct = "."\n');
    expect(answer.json.buildError.message).toMatch(
      /^2 errors:\n {2}julia\.toml:1:9: .*\n {2}julia\.toml:2:1: /,
    );
    expect(answer.json.buildError.location.ranges.map(({ start }: { start: object }) => start)).toEqual([
      { line: 1, character: 8 },
      { line: 2 },
    ]);
    expect(answer.status).toBe("1");
  });

  it("reports what is wrong in the spec and in the project at once", async () => {
    const spec = `${julia}projct = "."\n`;
    const sources = {
      "local://dockerfile": { "julia.toml": spec },
      "local://context": { ...context, "Manifest.toml": "deps = 1\n", "LocalPreferences.toml": "[" },
    };
    const { json } = await ask("frontend.lint", spec, { daemon: { sources } });
    const lines = json.buildError.message.split("\n");
    expect(lines.slice(1).map((line: string) => /^ {2}(\S+?):\d/.exec(line)?.[1])).toEqual([
      "julia.toml",
      "Manifest.toml",
      "LocalPreferences.toml",
    ]);
    await expect(ask("frontend.plan", spec, { daemon: { sources } })).rejects.toThrow("3 errors:");
  });

  it("says nothing of the project where the spec does not tell where it is", async () => {
    const spec = `${julia}project = 3\n`;
    const sources = { "local://dockerfile": { "julia.toml": spec }, "local://context": {} };
    const { json } = await ask("frontend.lint", spec, { daemon: { sources } });
    expect(json.buildError.message).toMatch(/^julia\.toml:2:11: /);
  });

  it("is as strict as BUILDKIT_DOCKERFILE_CHECK says", async () => {
    const options = { "build-arg:BUILDKIT_DOCKERFILE_CHECK": "skip=user-is-root" };
    const answer = await ask("frontend.lint", `# check=error=true\n${julia}user = "root"\n`, { options });
    expect(answer.json.warnings).toEqual([]);
    expect(answer.status).toBe("0");
  });

  it("refuses options that a build would refuse", async () => {
    await expect(ask("frontend.lint", julia, { options: { frobnicate: "1" } })).rejects.toThrow("frobnicate");
  });

  it("says that the target test has no tests, as a build does", async () => {
    const { json } = await ask("frontend.lint", julia, { options: { target: "test" } });
    expect(json.buildError.message).toContain("Project.toml:1:1: the target test runs `test/runtests.jl`");
    expect((await ask("frontend.lint", julia)).json.warnings).toEqual([]);
    const withTests = {
      "local://dockerfile": { "julia.toml": julia },
      "local://context": { ...context, "test/runtests.jl": "" },
    };
    const options = { target: "test" };
    expect((await ask("frontend.lint", julia, { options, daemon: { sources: withTests } })).status).toBe("0");
    await expect(ask("frontend.plan", julia, { options })).rejects.toThrow("no-tests");
  });

  it("does without the registry", async () => {
    const answer = await ask("frontend.lint", `${julia}user = "root"\n`, {
      daemon: {
        images: {},
        sources: {
          "local://dockerfile": { "julia.toml": `${julia}user = "root"\n` },
          "local://context": context,
        },
      },
    });
    expect(answer.json.warnings).toHaveLength(1);
  });
});

it("--call outline lists arguments with the comment above each and the value of this build", async () => {
  const spec = `${julia}[args]\n# Where it listens\nPORT = "8080"\nEMPTY = ""\n[env]\nP = "\${PORT}\${EMPTY}"\n`;
  const { json, text } = await ask("frontend.outline", spec, { options: { "build-arg:PORT": "80" } });
  expect(json).toMatchObject({
    name: "app",
    args: [
      {
        name: "PORT",
        description: "Where it listens",
        value: "80",
        location: { ranges: [{ start: { line: 4 } }] },
      },
      { name: "EMPTY" },
    ],
    sources: [Buffer.from(spec).toString("base64")],
  });
  expect(text).toContain("BUILD ARG   VALUE   DESCRIPTION\nPORT        80      Where it listens\nEMPTY\n");
});

it("--call outline lists secrets and ssh agents, and which of them must be there", async () => {
  const spec = `${julia}[secrets.token]\nenv = "TOKEN"\nrequired = false\n[secrets.config]\ntarget = "/root/.config/x"\n[ssh]\n`;
  const { json, text } = await ask("frontend.outline", spec);
  expect(json).toMatchObject({
    secrets: [
      { name: "token" },
      { name: "config", required: true, location: { ranges: [{ start: { line: 5 } }] } },
    ],
    ssh: [{ name: "default" }],
  });
  expect(text).toContain("SECRET   REQUIRED\ntoken\nconfig   true\n\nSSH       REQUIRED\ndefault\n");
});

it("--call targets lists the targets, the default first", async () => {
  const { json, text } = await ask("frontend.targets", julia);
  expect(json.targets.map(({ name }: { name: string }) => name).slice(0, 3)).toEqual([
    "app",
    "deps",
    "depot",
  ]);
  expect(json.targets.filter((target: { default?: boolean }) => target.default)).toMatchObject([
    { name: "app", base },
  ]);
  expect(text).toMatch(/^TARGET +DESCRIPTION\napp \(default\) /);
});

it("--call subrequests.describe lists every request", async () => {
  const { json, text } = await ask("frontend.subrequests.describe", "wrong");
  expect(json.map(({ name }: { name: string }) => name)).toEqual(questions.map(({ name }) => name));
  expect(json.find(({ name }: { name: string }) => name === "frontend.lint").metadata).toContainEqual({
    name: "result.statuscode",
    description: "",
  });
  expect(text).toMatch(/^NAME +VERSION DESCRIPTION\nlint +1\.0\.0 /);
});

it("--call schema prints the schema, whatever the spec", async () => {
  const { json, text } = await ask("frontend.schema", "wrong");
  expect(json).toEqual(specSchema());
  expect(JSON.parse(text)).toEqual(json);
});

describe("--call plan", () => {
  const spec = `${julia}main = "main.jl"\n[packages]\napt = ["libgomp1"]\nbuild-apt = ["gcc"]\n`;

  it("says what would be built, and builds nothing", async () => {
    const { json, daemon, hasFiles } = await ask("frontend.plan", spec);
    expect(json).toMatchObject({ schemaVersion: 1, targets: ["app", "deps", "depot", "dev", "test"] });
    expect(json.plans).toMatchObject([
      {
        target: "app",
        platform: "linux/amd64",
        julia: "1.11.2",
        base: { reference: base, digest },
        apt: { image: ["libgomp1"], build: ["gcc"] },
        access: { secrets: [], ssh: [], network: true },
        cache: { id: expect.stringContaining("1.11.2"), path: "/opt/julia/depot" },
        packages: { count: 1, list: [{ name: "Example", uuid, version: "0.5.3" }] },
        image: { user: "1000:1000", workdir: "/app", entrypoint: ["julia", "/app/main.jl"] },
      },
    ]);
    const operations = daemon.solves().flatMap(({ Definition }) => Definition?.def ?? []);
    const kinds = operations.map((bytes) => fromBinary(OpSchema, bytes).op.case);
    expect(new Set(kinds)).toEqual(new Set(["source", undefined]));
    expect(hasFiles).toBe(false);
  });

  it.each(["app", "deps", "depot"])("describes every layer of %s", async (target) => {
    const { json } = await ask("frontend.plan", spec, { options: { target } });
    const [{ layers, steps }] = json.plans;
    expect(layers.length).toBeGreaterThan(3);
    expect(layers.filter(({ holds }: { holds: string }) => holds === "")).toEqual([]);
    expect(steps).toEqual(expect.arrayContaining(layers.map(({ name }: { name: string }) => name)));
  });

  it("says what the installing step may use", async () => {
    const access = `${julia}[pkg]\nauth = "token"\noffline = true\n[ssh]\nids = ["key"]\n`;
    const { json, text } = await ask("frontend.plan", access);
    expect(json.plans[0].access).toEqual({ secrets: ["token"], ssh: ["key"], network: false });
    expect(text).toContain("│   ├── no network\n│   ├── secret token\n│   └── ssh agent key\n");
  });

  it("is a tree for people, one for each platform", async () => {
    const { text } = await ask("frontend.plan", spec, { options: { platform: "linux/amd64,linux/386" } });
    expect(text.split("\n\n").map((tree) => tree.split("\n")[0])).toEqual([
      "app for linux/amd64",
      "app for linux/386",
    ]);
    expect(text).toContain("├── 1 packages\n│   └── Example 0.5.3\n".replace("1 packages", "1 package"));
    expect(text).toContain('runs "julia" "/app/main.jl"');
  });

  it("is refused for a base image of another platform", async () => {
    const images = { [base]: { digest, config: JSON.stringify(image) } };
    await expect(
      ask("frontend.plan", spec, { daemon: { images }, options: { platform: "linux/arm64" } }),
    ).rejects.toThrow(`the base image ${base} is for linux/amd64, not for linux/arm64`);
  });

  it("fails as a build would", async () => {
    await expect(ask("frontend.plan", "julia = 1")).rejects.toThrow("wrong-type");
    await expect(ask("frontend.plan", julia, { options: { target: "tests" } })).rejects.toThrow(
      "no target tests",
    );
  });
});

it("an unknown request is refused so that clients can tell", async () => {
  const failure = await ask("frontend.unknown", julia).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StatusError);
  const { status } = failure as StatusError;
  expect(status.details.some((detail) => isDetail(detail, "Subrequest"))).toBe(true);
});
