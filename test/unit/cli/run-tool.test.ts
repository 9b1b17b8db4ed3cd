import { fromBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { specSchema } from "../../../src/buildfile/json-schema.ts";
import { DefinitionSchema, OpSchema } from "../../../src/buildkit/gen/ops_pb.ts";
import { definitionFromJson } from "../../../src/buildkit/llb/definition-json.ts";
import type { ContextFiles } from "../../../src/cli/context-folder.ts";
import { runTool } from "../../../src/cli/run-tool.ts";

const julia = 'julia = "1.11"\n';
const uuid = "7876af07-990d-54b4-ab0e-23690620f79a";
const files: Readonly<Record<string, string>> = {
  "Project.toml": `name = "App"\nuuid = "10000000-0000-0000-0000-000000000000"\n[deps]\nExample = "${uuid}"\n`,
  "Manifest.toml": `manifest_format = "2.0"\n[[deps.Example]]\ngit-tree-sha1 = "46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc"\nuuid = "${uuid}"\nversion = "0.5.3"\n`,
  ".dockerignore": "secret\n",
};

const context: ContextFiles = {
  open: async () => ({
    list: async (folder) =>
      folder === "."
        ? new Map(Object.keys(files).map((name) => [name, { kind: "file", size: 1 }]))
        : undefined,
    read: async (path) => Buffer.from(files[path] ?? ""),
  }),
  readText: (path) => files[path],
};

async function run(args: string, spec = julia, project: ContextFiles | undefined = context) {
  const { stdout, ...rest } = await runTool(args.split(" "), {
    readStdin: async () => spec,
    openContext: () => project,
    workFolder: () => undefined,
    platform: "linux/amd64",
  });
  return { ...rest, bytes: new Uint8Array(Buffer.from(stdout)), stdout: stdout.toString() };
}

const alone = (args: string, spec?: string) =>
  runTool(args.split(" "), {
    readStdin: async () => spec ?? julia,
    openContext: () => undefined,
    workFolder: () => undefined,
    platform: "linux/amd64",
  });

it.each(["--help", "help"])("%s says what there is", async (word) => {
  const outcome = await alone(word);
  expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  expect(outcome.stdout.toString()).toContain("commands\n  init ");
});

describe("check", () => {
  it("finds nothing in a good spec", async () => {
    expect(await run("check")).toMatchObject({ exitCode: 0, stdout: "Check complete, nothing was found.\n" });
  });

  it("heeds the target", async () => {
    const { exitCode, stdout } = await run("check --target test");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("Project.toml:1:1: error: the target test runs `test/runtests.jl`");
  });

  it("needs no project", async () => {
    expect(await alone("check")).toMatchObject({ exitCode: 0 });
    const { exitCode, stdout } = await alone("check", "projct = 1");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("julia.toml:1:1: error: unknown key `projct` (unknown-key)");
    expect(stdout).toContain("Check complete, 2 errors found.");
  });

  it("heeds build arguments, and prints JSON", async () => {
    const { exitCode, stdout } = await run("check --format json --build-arg A=1");
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).warnings).toMatchObject([{ ruleName: "undeclared-build-arg" }]);
  });
});

describe("plan", () => {
  it("shows the tree, and says that the base is not pinned", async () => {
    const { exitCode, stdout, stderr } = await run("plan --platform linux/arm64 --target deps");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^deps for linux\/arm64\n/);
    expect(stdout).toContain("Example 0.5.3");
    expect(stderr).toContain("not pinned to a digest");
  });

  it("is JSON if asked", async () => {
    const { stdout } = await run("plan --format json");
    expect(JSON.parse(stdout).plans[0]).toMatchObject({ julia: "1.11", base: { digest: null } });
  });

  it("needs a project", async () => {
    expect(await alone("plan")).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: expect.stringContaining("-v DIR:/project"),
    });
  });
});

describe("llb", () => {
  it("is the definition that BuildKit takes", async () => {
    const { exitCode, bytes } = await run("llb");
    expect(exitCode).toBe(0);
    const definition = fromBinary(DefinitionSchema, bytes);
    const operations = definition.def.map((operation) => fromBinary(OpSchema, operation).op);
    const sources = operations.flatMap((op) => (op.case === "source" ? [op.value] : []));
    expect(sources.map(({ identifier }) => identifier).sort()).toEqual([
      "docker-image://docker.io/library/julia:1.11",
      "local://context",
    ]);
    expect(
      sources.find(({ identifier }) => identifier.startsWith("local"))?.attrs["local.excludepatterns"],
    ).toContain("secret");
  });

  it("is the same each time", async () => {
    expect((await run("llb")).bytes).toEqual((await run("llb")).bytes);
  });

  it("can be read as JSON, which holds the same operations", async () => {
    const { stdout } = await run("llb --format json");
    const definition = fromBinary(DefinitionSchema, (await run("llb")).bytes);
    expect(definitionFromJson(JSON.parse(stdout)).def).toEqual(definition.def);
  });

  it("can be drawn, with a node for each step and a line to each input", async () => {
    const definition = fromBinary(DefinitionSchema, (await run("llb")).bytes);
    const operations = definition.def.slice(0, -1).map((operation) => fromBinary(OpSchema, operation));
    const inputs = operations.flatMap((op) => [...new Set(op.inputs.map(({ digest }) => digest))]);
    const { stdout: dot } = await run("llb --format dot");
    expect(dot.match(/^ {2}s\d+ \[/gm)).toHaveLength(operations.length);
    expect(dot.match(/^ {2}s\d+ -> s\d+/gm)).toHaveLength(inputs.length);
    const { stdout: mermaid } = await run("llb --format mermaid");
    expect(mermaid.match(/^ {2}s\d+[[({]/gm)).toHaveLength(operations.length);
    expect(mermaid.match(/^ {2}s\d+ [=-]+> s\d+$/gm)).toHaveLength(inputs.length);
    expect(mermaid.match(/==>/g)?.length).toBeGreaterThan(3);
  });

  it("does not warn of a base that the spec pins", async () => {
    const spec = `base = "registry.example.com/julia@sha256:${"a".repeat(64)}"\n`;
    expect((await run("llb", spec)).stderr).not.toContain("not pinned");
  });

  it("is not written for a wrong spec", async () => {
    expect(await run("llb", "julia = 1")).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: expect.stringContaining("wrong-type"),
    });
  });
});

it("schema prints the schema", async () => {
  expect(JSON.parse((await run("schema")).stdout)).toEqual(specSchema());
});

it.each([
  "",
  "build",
  "check extra",
  "check --format dot",
  "llb --target tests",
  "plan --build-arg A",
  "llb --network bridge",
  "plan --unknown",
])("%j is answered with how to use it", async (args) => {
  const outcome = await run(args);
  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain("usage: docker run");
});
