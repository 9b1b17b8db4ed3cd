import { isList, type TomlTable, type TomlValue } from "../text/toml/parse-table.ts";
import { canonicalToml, compareText } from "./canonical-toml.ts";
import { inCompileOrder } from "./compile-order.ts";
import { listedPackages, mergedPreferences } from "./preference-level.ts";
import type { Manifest, ManifestPackage, Project } from "./project.ts";

/**
 * An environment of our own making that holds a project's dependencies and nothing of the project itself.
 *
 * Its texts are the input of the dependency step. They change when, and only when, what that step installs and compiles
 * changes: not with comments, layout, version, authors, compat bounds or sources of the project.
 */
export interface DependencyEnvironment {
  /** `[deps]` names every package below, so that each is precompiled, loaded by name or not. */
  readonly projectToml: string;
  readonly manifestToml: string;
  /** Absent if no preference concerns a package of this environment. */
  readonly localPreferencesToml?: string;
  /** What this environment installs, standard libraries among them. */
  readonly packages: readonly Package[];
  /** Packages from a registry or a git repository that depend on a path dependency: installed and compiled with the app. */
  readonly afterPath: readonly Package[];
  readonly pathDependencies: readonly PathDependency[];
  /** Path dependencies and what depends on them, each after what it depends on: compiled with the app. */
  readonly compiledWithApp: readonly Package[];
  /** What the project itself lists under `[deps]` and the manifest has, wherever it comes from. */
  readonly directDependencies: readonly Package[];
}

export interface Package {
  readonly name: string;
  readonly uuid: string;
  readonly source: ManifestPackage["source"];
  readonly version?: string;
  readonly treeHash?: string;
}

export interface PathDependency extends Package {
  /** The path as the manifest has it: absolute, or relative to the manifest. */
  readonly path: string;
}

/** Makes the dependency environment of a project. Everything in it is in the manifest's order: by name, then UUID. */
export function dependencyEnvironment(project: Project): DependencyEnvironment {
  const all = [...project.manifest.packages.values()];
  const withPath = dependentsOfPaths(project);
  const included = all.filter((entry) => !withPath.has(entry.uuid));
  const preferences = restrictedPreferences(project, included);
  return {
    projectToml: projectToml(project, included, preferences.project),
    manifestToml: manifestToml(project.manifest, included),
    ...(isEmpty(preferences.local) ? {} : { localPreferencesToml: canonicalToml(preferences.local) }),
    packages: included.map(describe),
    afterPath: all.filter((entry) => withPath.has(entry.uuid) && entry.source !== "path").map(describe),
    pathDependencies: all.flatMap((entry) =>
      entry.path === undefined ? [] : [{ ...describe(entry), path: entry.path }],
    ),
    compiledWithApp: inCompileOrder(project.manifest, withPath).map(describe),
    directDependencies: all.filter((entry) => isDirect(project, entry)).map(describe),
  };
}

/** UUIDs of path dependencies and the project, and of all that depends on one of them, directly or not. */
function dependentsOfPaths({ manifest, projectFile }: Project): ReadonlySet<string> {
  const dependents = new Map<string, string[]>();
  for (const entry of manifest.packages.values()) {
    for (const uuid of entry.dependencies.values()) {
      const list = dependents.get(uuid) ?? [];
      list.push(entry.uuid);
      dependents.set(uuid, list);
    }
  }
  const found = new Set<string>();
  const paths = [...manifest.packages.values()].filter((entry) => entry.source === "path");
  const open = [
    ...paths.map(({ uuid }) => uuid),
    ...(projectFile.uuid === undefined ? [] : [projectFile.uuid]),
  ];
  for (let uuid = open.pop(); uuid !== undefined; uuid = open.pop()) {
    if (!found.has(uuid)) {
      found.add(uuid);
      open.push(...(dependents.get(uuid) ?? []));
    }
  }
  return found;
}

function projectToml(project: Project, included: readonly ManifestPackage[], preferences: TomlTable): string {
  const dependencies = new Map<string, string>();
  for (const entry of included) {
    // A project can name only one of two packages of the same name. The other is still in the manifest.
    if (!dependencies.has(entry.name) || isDirect(project, entry)) {
      dependencies.set(entry.name, entry.uuid);
    }
  }
  return canonicalToml({
    deps: Object.fromEntries(dependencies),
    ...(isEmpty(preferences) ? {} : { preferences }),
  });
}

/** Without `project_hash`, which is that of the original project: Pkg would warn that the two do not match. */
function manifestToml(manifest: Manifest, included: readonly ManifestPackage[]): string {
  const uuids = new Set(included.map((entry) => entry.uuid));
  const entries: Record<string, TomlTable[]> = {};
  for (const entry of included) {
    entries[entry.name] = [...(entries[entry.name] ?? []), manifestEntry(entry, uuids)];
  }
  if (manifest.format.startsWith("1.")) {
    return canonicalToml(entries);
  }
  const { deps: _deps, project_hash: _hash, ...header } = manifest.table;
  return canonicalToml({ ...header, manifest_format: manifest.format, deps: entries });
}

function manifestEntry(entry: ManifestPackage, included: ReadonlySet<string>): TomlTable {
  const { deps, weakdeps, ...others } = entry.table;
  // A list of names stands for entries of this manifest. A weak dependency whose entry has been left out needs its UUID.
  const complete = [...entry.weakDependencies.values()].every((uuid) => included.has(uuid));
  return {
    ...others,
    ...(deps === undefined ? {} : { deps: sortedList(deps) }),
    ...(weakdeps === undefined
      ? {}
      : { weakdeps: complete ? sortedList(weakdeps) : Object.fromEntries(entry.weakDependencies) }),
  };
}

function sortedList(names: TomlValue): TomlValue {
  return isList(names) ? names.toSorted((left, right) => compareText(String(left), String(right))) : names;
}

/**
 * Julia heeds preferences only for packages that the project lists under deps, extras or weakdeps
 * (`get_uuid_name` in base/loading.jl). Here every package is listed, so the others' must go.
 */
function restrictedPreferences(project: Project, included: readonly ManifestPackage[]) {
  if (project.inherited.length > 0) {
    return { project: {}, local: inheritedPreferences(project, included) };
  }
  const listed = listedPackages(project.projectFile);
  const names = new Set(included.filter((entry) => listed.has(entry.uuid)).map((entry) => entry.name));
  return {
    project: restrict(project.projectFile.preferences, names),
    local: restrict(project.localPreferences, names),
  };
}

/** In a workspace, all that any of the projects sets, put together. */
function inheritedPreferences(project: Project, included: readonly ManifestPackage[]): TomlTable {
  const merged = mergedPreferences([...project.inherited, project]);
  return Object.fromEntries(
    included.flatMap(({ name, uuid }) => {
      const preferences = merged.get(uuid);
      return preferences === undefined ? [] : [[name, preferences] as const];
    }),
  );
}

function restrict(preferences: TomlTable, names: ReadonlySet<string>): TomlTable {
  return Object.fromEntries(Object.entries(preferences).filter(([name]) => names.has(name)));
}

function isDirect(project: Project, entry: ManifestPackage): boolean {
  return project.directDependencies.get(entry.name) === entry.uuid;
}

function describe({ name, uuid, source, version, treeHash }: ManifestPackage): Package {
  return {
    name,
    uuid,
    source,
    ...(version === undefined ? {} : { version }),
    ...(treeHash === undefined ? {} : { treeHash }),
  };
}

function isEmpty(table: TomlTable): boolean {
  return Object.keys(table).length === 0;
}
