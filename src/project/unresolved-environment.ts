import { posix } from "node:path";
import { own, type TomlTable, type TomlValue } from "../text/toml/parse-table.ts";
import { canonicalToml } from "./canonical-toml.ts";
import type { LoadedProject, Unresolved } from "./loaded-project.ts";
import type { PathSource } from "./path-sources.ts";
import { listedPackages, mergedPreferences } from "./preference-level.ts";
import type { ProjectFile } from "./project.ts";
import { formatSemver, intersectSpecs, parseVersionSpec, type VersionSpec } from "./version-spec.ts";

/** What a project without a manifest hands to the step that resolves it. */
export interface UnresolvedEnvironment {
  /** By path in the environment's folder: the project, and for each package in a folder as much as Pkg reads of it. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths that the manifest will have, and those that it is to have in the image. */
  readonly manifestPaths: readonly ManifestPath[];
}

export interface ManifestPath {
  /** The path in the environment that is resolved. */
  readonly made: string;
  /** From the folder of the manifest in the image, as Pkg would have written it there. */
  readonly real: string;
}

/**
 * What Pkg reads of a project to choose versions. Bounds stand for test dependencies too, so that these must be listed
 * (`validate` in Pkg.jl, src/project.jl).
 */
const resolvedBy = ["deps", "weakdeps", "compat", "extensions", "extras", "targets"] as const;

/** What Pkg reads of a package in a folder: also what it is called. */
const readOfSource = ["name", "uuid", "version", ...resolvedBy] as const;

/**
 * The project as Pkg has to resolve it: without name, version and authors, so that neither a release nor a comment resolves
 * it anew, and so that Pkg looks for no sources of it. Packages in folders lie beside it, with a stub for their sources.
 */
export function unresolvedEnvironment(
  loaded: LoadedProject,
  { sources, others }: Unresolved,
): UnresolvedEnvironment {
  const { projectFile, place } = loaded;
  const folders = madeFolders(sources);
  const { extras, project: preferences, local } = preferencesOf(loaded);
  const project = {
    ...tablesOf(projectFile, resolvedBy),
    ...extras,
    ...preferences,
    ...withBounds(projectFile, others),
    ...sourcesTable(projectFile, ".", folders),
  };
  return {
    files: new Map([
      ["Project.toml", canonicalToml(project)],
      ...(isEmpty(local) ? [] : [["LocalPreferences.toml", canonicalToml(local)] as const]),
      ...sources.flatMap((source) => sourceFiles(source, folders)),
    ]),
    manifestPaths: sources.map(({ uuid, folder }) => ({
      made: folders.get(uuid) ?? "",
      real: posix.relative(place.manifestFolder, folder) || ".",
    })),
  };
}

/**
 * Preferences, which change what is compiled. In a workspace those of all projects around are put together; Julia heeds them
 * only for what the project lists, so it lists them as extras.
 */
function preferencesOf({ projectFile, localPreferences, inherited }: LoadedProject): {
  readonly extras: TomlTable;
  readonly project: TomlTable;
  readonly local: TomlTable;
} {
  if (inherited.length === 0) {
    return { extras: {}, project: tablesOf(projectFile, ["preferences"]), local: localPreferences };
  }
  const levels = [...inherited, { projectFile, localPreferences }];
  const names = new Map(levels.flatMap((level) => [...listedPackages(level.projectFile)]));
  const merged = [...mergedPreferences(levels)].map(
    ([uuid, preferences]) => [names.get(uuid) ?? "", uuid, preferences] as const,
  );
  const extras = {
    ...Object.fromEntries(projectFile.extras),
    ...Object.fromEntries(merged.map(([name, uuid]) => [name, uuid])),
  };
  const local = Object.fromEntries(merged.map(([name, , preferences]) => [name, preferences]));
  return { extras: isEmpty(extras) ? {} : { extras }, project: {}, local };
}

function isEmpty(table: TomlTable): boolean {
  return Object.keys(table).length === 0;
}

/** Folders of the environment for packages in folders, by UUID. */
function madeFolders(sources: readonly PathSource[]): ReadonlyMap<string, string> {
  const names = sources.map(({ name }) => name);
  const isAlone = (name: string) => names.indexOf(name) === names.lastIndexOf(name);
  return new Map(
    sources.map(({ name, uuid }) => [uuid, `sources/${isAlone(name) ? name : `${name}-${uuid}`}`]),
  );
}

function sourceFiles(
  { name, uuid, projectFile }: PathSource,
  folders: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  const folder = folders.get(uuid) ?? "";
  const tables =
    projectFile === undefined
      ? {}
      : { ...tablesOf(projectFile, readOfSource), ...sourcesTable(projectFile, folder, folders) };
  return [
    [`${folder}/Project.toml`, canonicalToml(tables)],
    [`${folder}/src/${name}.jl`, `module ${name}\nend\n`],
  ];
}

function tablesOf({ table }: ProjectFile, keys: readonly string[]): TomlTable {
  const entries = keys.flatMap((key) => {
    const value = own(table, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}

/** `[sources]` with the folders of the environment. A folder that nothing depends on is not needed to resolve. */
function sourcesTable(
  { dependencies, sources }: ProjectFile,
  folder: string,
  folders: ReadonlyMap<string, string>,
): TomlTable {
  const made = [...dependencies].flatMap(([name, uuid]): readonly (readonly [string, TomlValue])[] => {
    const madeFolder = folders.get(uuid);
    return madeFolder === undefined || sources.get(name)?.url !== undefined
      ? []
      : [[name, { path: posix.relative(folder, madeFolder) }]];
  });
  const remote = [...sources].filter(([, { path }]) => path === undefined);
  const table = Object.fromEntries<TomlValue>([
    ...remote.map(([name, source]) => [name, { ...source }] as const),
    ...made,
  ]);
  return isEmpty(table) ? {} : { sources: table };
}

/** The bounds of a project, narrowed by those of its workspace (`get_compat_workspace` in Pkg.jl, src/Operations.jl). */
function withBounds(project: ProjectFile, others: readonly ProjectFile[]): TomlTable {
  const names = [...project.dependencies.keys(), ...project.weakDependencies.keys(), "julia"];
  const narrowed = names.flatMap((name) => {
    const bounds = others.flatMap((other) => specOf(other, name));
    const all = [...specOf(project, name), ...bounds];
    return bounds.length === 0 ? [] : [[name, formatSemver(all.reduce(intersectSpecs))] as const];
  });
  const compat = { ...Object.fromEntries(project.compatibility), ...Object.fromEntries(narrowed) };
  return Object.keys(compat).length === 0 ? {} : { compat };
}

function specOf({ compatibility }: ProjectFile, name: string): readonly VersionSpec[] {
  const spec = parseVersionSpec(compatibility.get(name) ?? "");
  return spec === undefined ? [] : [spec];
}
