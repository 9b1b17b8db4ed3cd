import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { definitionFromJson, type OperationJson } from "../../../src/buildkit/llb/definition-json.ts";
import { minorVersion } from "../../engine/julia/julia-image.ts";
import {
  exampleNames,
  examplesFolder,
  readCase,
  readExample,
  realExampleNames,
} from "../../examples/case.ts";
import { EXAMPLES_JULIA, examplePackages, manifestPath } from "../../examples/projects.ts";
import { readableDefinition } from "../../examples/readable-definition.ts";
import { stepGraph } from "../../examples/step-graph.ts";
import { toolOutput } from "../../examples/tool.ts";

// `npx vitest run --project unit test/unit/examples --update` writes the files anew; the changes are to be read.
const expected = (name: string, file: string) => join(examplesFolder, name, "expected", file);

/** What is looked at of a manifest of format 2. */
interface ManifestFile {
  readonly julia_version: string;
  readonly deps: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

/** Build arguments with which an example is planned once more, by what the names of the expected files have before them. */
const furtherPlans: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "real-packages/workspace": { "pages-": ["--build-arg", "SERVICE=pages"] },
};

it("there are at least eight examples", () => {
  expect(exampleNames.length).toBeGreaterThanOrEqual(8);
});

it.each(exampleNames.flatMap((name) => manifestPath(name)?.replace(/^/, `${name}/`) ?? []))(
  "examples/%s was made by the Julia of the examples, from packages that the tests serve",
  (path) => {
    const manifest = parse(readExample(".", path)) as unknown as ManifestFile;
    expect(minorVersion(manifest.julia_version)).toBe(EXAMPLES_JULIA);
    const served = examplePackages.map(({ name, version, treeHash }) => `${name} ${version} ${treeHash}`);
    const registered = Object.entries(manifest.deps).flatMap(([name, entries]) =>
      entries
        .filter((entry) => entry["git-tree-sha1"] !== undefined)
        .map((entry) => `${name} ${entry.version} ${entry["git-tree-sha1"]}`),
    );
    expect(served).toEqual(expect.arrayContaining(registered));
  },
);

it("the spec of examples/hello has two lines", () => {
  expect(readExample("hello", "julia.toml").trimEnd().split("\n")).toHaveLength(2);
});

it.each(realExampleNames.filter((name) => existsSync(join(examplesFolder, name, "Manifest.toml"))))(
  "examples/%s has a manifest that was made by the Julia of the examples, without a package of the tests",
  (name) => {
    const manifest = parse(readExample(name, "Manifest.toml")) as unknown as ManifestFile;
    expect(minorVersion(manifest.julia_version)).toBe(EXAMPLES_JULIA);
    const made = examplePackages.map(({ treeHash }) => treeHash);
    const registered = Object.values(manifest.deps)
      .flat()
      .flatMap((entry) => entry["git-tree-sha1"] ?? []);
    expect(registered.length).toBeGreaterThan(0);
    expect(registered.filter((treeHash) => made.includes(treeHash))).toEqual([]);
  },
);

it.each(exampleNames)("examples/%s has a case with a result to be seen", (name) => {
  expect(readCase(name).stdout.length).toBeGreaterThan(5);
});

describe.each([...exampleNames, ...realExampleNames])("examples/%s", (name) => {
  it("has a page that shows its spec and can be found", () => {
    const page = readExample(name, "README.md");
    expect(page).toContain(`\`\`\`toml\n${readExample(name, "julia.toml")}\`\`\``);
    expect(readExample(".", "README.md")).toContain(`(${name}/README.md)`);
    expect(existsSync(join(examplesFolder, name, ".dockerignore"))).toBe(true);
  });

  const builds = Object.entries({ "": [], ...furtherPlans[name] });

  it.each(builds)("is planned as expected/%splan.json says", async (prefix, args) => {
    // What stands beside the plans is the frontend's and the same for all: its version and its targets.
    const { plans } = JSON.parse(await toolOutput(name, "plan", "--format", "json", ...args));
    await expect(`${JSON.stringify({ plans }, undefined, 2)}\n`).toMatchFileSnapshot(
      expected(name, `${prefix}plan.json`),
    );
  });

  it.each(builds)("becomes the steps of expected/%ssteps.txt", async (prefix, args) => {
    const text = await toolOutput(name, "llb", "--format", "json", ...args);
    const operations = JSON.parse(text) as readonly OperationJson[];
    const steps = stepGraph(definitionFromJson(operations));
    await expect(steps).toMatchFileSnapshot(expected(name, `${prefix}steps.txt`));
  });
});

// The bytes of operations have tests of their own; two examples show them whole.
it.each(["hello", "private-packages"])(
  "examples/%s becomes the operations of expected/llb.json",
  async (name) => {
    const operations = JSON.parse(
      await toolOutput(name, "llb", "--format", "json"),
    ) as readonly OperationJson[];
    const text = JSON.stringify(readableDefinition(operations), undefined, 2);
    await expect(`${text}\n`).toMatchFileSnapshot(expected(name, "llb.json"));
  },
);
