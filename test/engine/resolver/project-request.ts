import { parse, stringify } from "smol-toml";
import type { PackageFixture } from "../packages/package-fixture.ts";
import { STDLIB_UUIDS } from "../packages/stdlib.ts";

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** A project for which Pkg is to make a manifest. */
export interface ProjectRequest {
  /** Names of the direct dependencies: packages that are served, standard libraries, or packages among the files. */
  readonly deps?: readonly string[];
  /** Versions to take instead of the highest. */
  readonly pins?: Readonly<Record<string, string>>;
  /** Addresses of git repositories by package: these are tracked there, on the branch `main`. */
  readonly repositories?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly uuid?: string;
  readonly version?: string;
  /** Further tables of Project.toml, as text: `[compat]`, `[sources]`, `[weakdeps]` and so on. */
  readonly tables?: string;
  /** Files around the project, by path: path dependencies with their Project.toml, members of a workspace. */
  readonly files?: Files;
  /** Where the project lies among the files; at the top when left out. */
  readonly folder?: string;
  /** Path dependencies that the manifest is to track, as `Pkg.develop` does: folders as seen from the project. */
  readonly develop?: readonly string[];
}

export interface ResolvedProject {
  readonly projectToml: string;
  readonly manifestToml: string;
  /** The files of the request, the project's, and the manifest, by path. */
  readonly files: Files;
}

/** The text of the Project.toml that a request describes. */
export function projectTomlOf(request: ProjectRequest, available: readonly PackageFixture[]): string {
  const { name, uuid, version, deps = [], tables = "" } = request;
  const identity = Object.fromEntries(
    Object.entries({ name, uuid, version }).filter(([, value]) => value !== undefined),
  );
  const uuids = Object.fromEntries([...deps].sort().map((dep) => [dep, uuidOf(dep, request, available)]));
  return [stringify({ ...identity, ...(deps.length > 0 ? { deps: uuids } : {}) }), tables.trim()]
    .filter((text) => text !== "")
    .map((text) => `${text.trimEnd()}\n`)
    .join("\n");
}

function uuidOf(name: string, { files = {} }: ProjectRequest, available: readonly PackageFixture[]): string {
  const around = Object.entries(files)
    .filter(([path]) => path.endsWith("Project.toml"))
    .map(([, text]) => parse(text))
    .find((project) => project.name === name)?.uuid;
  const uuid = around ?? available.find((each) => each.name === name)?.uuid ?? STDLIB_UUIDS[name];
  if (uuid === undefined) throw new Error(`there is no package ${name}`);
  return uuid as string;
}

/** The packages among which Pkg chooses: of a pinned one only that version. */
export function choicesOf(
  { pins = {} }: ProjectRequest,
  available: readonly PackageFixture[],
): readonly PackageFixture[] {
  return available.filter(({ name, version }) => (pins[name] ?? version) === version);
}
