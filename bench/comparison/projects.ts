import { generatedPackages } from "../../test/engine/packages/generated.ts";
import type { PackageFixture } from "../../test/engine/packages/package-fixture.ts";
import type { Files } from "../../test/engine/resolver/project-request.ts";
import { projectFiles } from "../first-request/projects.ts";
import { generatedProject, projectName } from "../generated-project.ts";

/** A project as it is before each build: files by path, all of which are written, over those that were there. */
export interface BenchProject {
  readonly name: string;
  /** A few words for the page. */
  readonly what: string;
  /** Name of the project's own package. */
  readonly application: string | undefined;
  /** Julia code that loads what an image is for. */
  readonly load: string;
  /** A folder that is copied before the files are written. */
  readonly folder?: string;
  readonly cold: Files;
  readonly sourceChanged?: Files;
  readonly dependencyAdded: Files;
  /** With the dependency that was added. */
  readonly dependencyUpdated?: Files;
}

/** A project of real packages, before a Julia has made its manifests. */
export interface RealProject {
  readonly name: string;
  readonly what: string;
  readonly files?: Files;
  readonly folder?: string;
  /** Package that is added. */
  readonly add: string;
  /** Package that is updated; none if the case is to be left out. */
  readonly update: string | undefined;
}

/** Sizes of the generated projects, in direct dependencies. */
const sizes = [5, 25, 100] as const;
const newer = "1.1.0";

/** All that the generated projects and their variants need of a Pkg server. */
export function generatedCatalogue(): readonly PackageFixture[] {
  const mills = generatedPackages({ count: Math.max(...sizes) + 1 });
  const others = togetherPrefixes.flatMap((prefix) => generatedPackages({ count: togetherCount, prefix }));
  return [...mills, ...sizes.map((size) => updatedOf(mills, size)), ...others];
}

/** The package in the middle, in its next version. */
function updatedOf(packages: readonly PackageFixture[], size: number): PackageFixture {
  const next = generatedPackages({ count: size, version: newer });
  return next[Math.floor(size / 2)] ?? missing(packages, size);
}

function missing(packages: readonly PackageFixture[], size: number): never {
  throw new Error(`there are ${packages.length} packages, not ${size}`);
}

export function generatedProjects(): readonly BenchProject[] {
  const available = generatedPackages({ count: Math.max(...sizes) + 1 });
  return sizes.map((size) => {
    const { files: cold } = generatedProject(size, available);
    const { files: dependencyAdded } = generatedProject(size + 1, available);
    const updated = updatedOf(available, size);
    const changed = available.map((each) => (each.name === updated.name ? updated : each));
    return {
      ...{ name: `generated-${size}`, what: `${size} generated packages` },
      ...{ application: projectName, load: `import ${projectName}` },
      ...{ cold, dependencyAdded, sourceChanged: withLine(cold, projectName) },
      dependencyUpdated: generatedProject(size + 1, changed).files,
    };
  });
}

/** The project's own module with a comment more. */
export function withLine(files: Files, application: string): Files {
  const path = `src/${application}.jl`;
  return { [path]: `# A line more.\n${files[path] ?? ""}` };
}

/** What was changed in sources, changed once more for each of `times`. */
export function changedAgain(files: Files, times: number): Files {
  const lines = "# Another line more.\n".repeat(times);
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, `${lines}${text}`]));
}

const togetherPrefixes = ["Alder", "Birch", "Cedar", "Doum"];
const togetherCount = 10;

/** Four projects without a package in common. */
export function generatedFour(): readonly BenchProject[] {
  return togetherPrefixes.map((prefix) => {
    const { files } = generatedProject(togetherCount, generatedPackages({ count: togetherCount, prefix }));
    return {
      ...{ name: prefix.toLowerCase(), what: `${togetherCount} generated packages` },
      ...{ application: projectName, load: `import ${projectName}`, cold: files, dependencyAdded: files },
    };
  });
}

const csv = 'CSV = "336ed68f-0bac-5ca0-87d4-7b16caf5d00b"';
const dataFrames = 'DataFrames = "a93c6f00-e57d-5684-b7b6-d8193f3e46c0"';
const json3 = 'JSON3 = "0f8b85d8-7281-11e9-16c2-39a750bddbf1"';

/** For a Pkg server that has HTTP, JSON3, CSV, DataFrames, and what is added to them. */
export function realProjects(add = "IterTools", update = "Parsers"): readonly RealProject[] {
  return [
    { name: "orders", what: "an HTTP service (HTTP, JSON3)", files: projectFiles("orders"), add, update },
    {
      name: "sales",
      what: "a script with tables (CSV, DataFrames)",
      files: projectFiles("sales"),
      add,
      update,
    },
  ];
}

/** Four that have packages in common, as those of one team. */
export function realFour(): readonly RealProject[] {
  const known = realProjects().map((project) => ({ ...project, add: "", update: undefined }));
  const further = [
    small("Imports", "7c1e6b02-4d5f-4b8e-9a63-1f2d8c7e5a90", "CSV, JSON3", [csv, json3]),
    small("Reports", "2f9a4c71-8e3b-4d06-b5d2-60c1e7f39b84", "DataFrames, JSON3", [dataFrames, json3]),
  ];
  return [...known, ...further];
}

function small(name: string, uuid: string, uses: string, deps: readonly string[]): RealProject {
  const files = {
    "Project.toml": `name = "${name}"\nuuid = "${uuid}"\nversion = "0.1.0"\n\n[deps]\n${deps.join("\n")}\n`,
    [`src/${name}.jl`]: `module ${name}\n\nusing ${uses}\n\nend\n`,
  };
  return { name: name.toLowerCase(), what: uses, files, add: "", update: undefined };
}
