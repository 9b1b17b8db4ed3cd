import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import type { Spec } from "../../../src/buildfile/spec.ts";
import { lookAtProject } from "../../../src/engine/project-looks.ts";
import { parseJuliaVersion } from "../../../src/julia/julia-version.ts";
import { lower } from "../../../src/lower/lower.ts";
import { clientFolder } from "../../../src/lower/place.ts";
import { makePlan } from "../../../src/plan/make-plan.ts";
import { readIgnoreFile } from "../../../src/project/ignore-file.ts";
import type { LoadedProject } from "../../../src/project/loaded-project.ts";
import { readProjectTexts } from "../../../src/project/read-project-texts.ts";
import { defaultTarget } from "../../../src/request/targets.ts";
import { hasErrors } from "../../../src/text/diagnostic.ts";
import { expectSpansInside } from "../buildfile/harness.ts";
import { memoryContext, type Tree } from "../engine/memory-context.ts";
import { brokenText } from "./fuzz-texts.ts";

const uuid = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-000000000000`;
const treeHash = "46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc";

/** A workspace with everything that a project's files may have. */
const files = {
  "Project.toml": `[deps]
Example = "${uuid("a")}"

[workspace]
projects = ["app/", "lib/Part"]

[preferences.Example]
level = 1
`,
  "LocalPreferences.toml": '[Example]\ncolour = "red"\n',
  "Manifest.toml": `julia_version = "1.12.4"
manifest_format = "2.1"
project_hash = "da39a3ee5e6b4b0d3255bfef95601890afd80709"

[[deps.App]]
deps = ["Example", "Part"]
path = "app"
uuid = "${uuid("0")}"
version = "0.1.0"

[[deps.Dates]]
uuid = "${uuid("d")}"
version = "1.11.0"

[[deps.Example]]
deps = ["Dates"]
git-tree-sha1 = "${treeHash}"
registries = "General"
uuid = "${uuid("a")}"
version = "0.5.3"
weakdeps = ["Part"]

    [deps.Example.extensions]
    ExamplePartExt = "Part"

[[deps.Forked]]
git-tree-sha1 = "${treeHash}"
repo-rev = "main"
repo-subdir = "julia"
repo-url = "https://git.example.com/Forked.jl"
uuid = "${uuid("f")}"
version = "2.0.0"

[[deps.Part]]
deps = ["Forked"]
path = "lib/Part"
uuid = "${uuid("b")}"
version = "0.1.0"

[registries.General]
url = "https://registry.example.com/General.git"
uuid = "23338594-aafe-5451-b93e-139f81909106"
`,
  "app/Project.toml": `name = "App"
uuid = "${uuid("0")}"
version = "0.1.0"

[deps]
Example = "${uuid("a")}"
Part = "${uuid("b")}"

[weakdeps]
Forked = "${uuid("f")}"

[extensions]
AppForkedExt = ["Forked"]

[sources]
Part = {path = "../lib/Part"}

[compat]
Example = "0.5"
julia = "1.12"

[extras]
Test = "8dfed614-e22c-5e08-85e1-65c5234f0b40"

[targets]
test = ["Test"]
`,
  "app/LocalPreferences.toml": '[Part]\nsize = { width = 1, height = 2.5 }\n__clear__ = ["old"]\n',
  "lib/Part/Project.toml": `name = "Part"\nuuid = "${uuid("b")}"\n[deps]\nForked = "${uuid("f")}"\n[sources]\nForked = {url = "https://git.example.com/Forked.jl"}\n`,
} as const;
const sources = { "app/src/App.jl": "", "app/main.jl": "", "lib/Part/src/Part.jl": "" };
const ignoreFile = "# what is not needed\n**/*.log\ndata/*\n!data/keep\n.git\ndocs/**\n";

type FileName = keyof typeof files;
const names = Object.keys(files) as FileName[];

async function read(tree: Tree, ignore: string, version: string) {
  const { spec } = readSpec({
    name: "julia.toml",
    text: 'julia = "1.12"\nproject = "app"\nmain = "main.jl"\n',
  });
  const julia = parseJuliaVersion(version);
  const options = {
    julia,
    ignorePatterns: readIgnoreFile(ignore),
    hasContext: () => false,
    runsTests: false,
  };
  const looks = await lookAtProject(spec as Spec, memoryContext(tree), false)(julia);
  return { spec: spec as Spec, ...readProjectTexts(spec as Spec, looks, options) };
}

function planAndEncode(spec: Spec, project: LoadedProject): number {
  const plan = makePlan({
    target: defaultTarget,
    platform: { os: "linux", architecture: "amd64" },
    spec,
    project,
    base: { digest: `sha256:${"a".repeat(64)}`, config: { os: "linux", architecture: "amd64" } },
    labels: new Map(),
    excludes: [],
    cacheNamespace: undefined,
    runAgain: new Set(),
    runId: "session",
  });
  return lower(plan, { project: clientFolder("context", "session") }, { stepDefaults: {} }).def.length;
}

async function check(tree: Tree, ignore: string, julia: string): Promise<void> {
  const { spec, value, diagnostics } = await read(tree, ignore, julia);
  expectSpansInside(diagnostics);
  expect(value === undefined).toBe(hasErrors(diagnostics));
  if (value !== undefined) {
    expect(planAndEncode(spec, value)).toBeGreaterThan(5);
  }
}

const julias = fc.constantFrom("1.8.5", "1.10.4", "1.11.2", "1.12.4", "1.13.0");

describe("a project of valid files", () => {
  it("is read and planned, with a manifest and without", async () => {
    const { diagnostics } = await read({ ...files, ...sources }, ignoreFile, "1.12.4");
    expect(diagnostics).toEqual([]);
    const { "Manifest.toml": _manifest, ...others } = files;
    await check({ ...others, ...sources }, ignoreFile, "1.12.4");
  });

  it("is read or refused with one thing broken in one file", { timeout: 60_000 }, async () => {
    const broken = fc
      .constantFrom(...names)
      .chain((name) => fc.tuple(fc.constant(name), brokenText(files[name])));
    await fc.assert(
      fc.asyncProperty(broken, julias, fc.boolean(), async ([name, text], julia, hasManifest) => {
        const { "Manifest.toml": manifest, ...others } = files;
        const whole =
          hasManifest || name === "Manifest.toml" ? { ...others, "Manifest.toml": manifest } : others;
        await check({ ...whole, ...sources, [name]: text }, ignoreFile, julia);
      }),
      { numRuns: 400 },
    );
  });

  it("is read or refused with a broken ignore file", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(brokenText(ignoreFile), async (ignore) => {
        await check({ ...files, ...sources }, ignore, "1.12.4");
      }),
      { numRuns: 100 },
    );
  });

  it("is read or refused with one file missing, or a link", { timeout: 60_000 }, async () => {
    const all: Tree = { ...files, ...sources };
    const link = fc.constantFrom(
      "..",
      "/etc",
      ".",
      "app",
      "app/Project.toml",
      "lib",
      "missing",
      "../app/x",
      "",
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(all)), fc.option(link), async (name, target) => {
        const { [name]: _gone, ...others } = all;
        const tree = target === null ? others : { ...others, [name]: { link: target } };
        await check(tree, ignoreFile, "1.12.4");
      }),
      { numRuns: 200 },
    );
  });
});
