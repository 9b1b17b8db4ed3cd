import { posix } from "node:path";
import {
  dependencyEnvironment,
  type Package,
  type PathDependency,
} from "../project/dependency-environment.ts";
import type { LoadedProject, Unresolved } from "../project/loaded-project.ts";
import type { PathSource } from "../project/path-sources.ts";
import { type ManifestPath, unresolvedEnvironment } from "../project/unresolved-environment.ts";

/** A package's name and UUID. */
export type Identity = Pick<Package, "name" | "uuid">;

/** What the steps have to do with a project's dependencies. */
export interface Dependencies {
  /** The environment that the dependency step works on, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether the dependency step has to choose the versions first. */
  readonly toResolve: boolean;
  /** Paths of the manifest that the step makes, and what is to stand for them in the image. */
  readonly manifestPaths: readonly ManifestPath[];
  /** What is to be the manifest's hash in the image: `""` for that which Pkg gives it, `"none"` for none. */
  readonly manifestHash: string;
  /** What the image's depot will hold; unknown until versions are chosen. */
  readonly packages: readonly Package[] | undefined;
  /** Direct dependencies that the dependency step compiles and loads. */
  readonly load: readonly Identity[];
  /** Packages that are installed but cannot be compiled before the path dependencies are there. */
  readonly installOnly: readonly Package[];
  /** What is compiled with the app, in this order. */
  readonly compileWithApp: readonly Identity[];
  /** All direct dependencies. */
  readonly direct: readonly Identity[];
  readonly pathDependencies: readonly PathDependency[];
}

export function dependenciesOf(project: LoadedProject): Dependencies {
  return project.resolved === undefined ? unresolved(project) : resolved(project.resolved);
}

function resolved(project: NonNullable<LoadedProject["resolved"]>): Dependencies {
  const environment = dependencyEnvironment(project);
  const installed = new Set(environment.packages.map(({ uuid }) => uuid));
  return {
    files: new Map([
      ["Project.toml", environment.projectToml],
      ["Manifest.toml", environment.manifestToml],
      ...preferences(environment.localPreferencesToml),
    ]),
    toResolve: false,
    manifestPaths: [],
    manifestHash: "",
    packages: environment.packages.filter(({ treeHash }) => treeHash !== undefined),
    load: environment.directDependencies.filter(({ uuid }) => installed.has(uuid)),
    installOnly: environment.afterPath,
    compileWithApp: environment.compiledWithApp,
    direct: environment.directDependencies,
    pathDependencies: environment.pathDependencies,
  };
}

/**
 * What the manifest will have is not known yet. So of what cannot be compiled before the app is there, only the packages in
 * folders are named; what else depends on these is for the steps to find.
 */
function unresolved(project: LoadedProject): Dependencies {
  const nothing: Unresolved = { sources: [], others: [], manifestHash: "" };
  const { sources, manifestHash } = project.unresolved ?? nothing;
  const environment = unresolvedEnvironment(project, project.unresolved ?? nothing);
  const direct = [...project.directDependencies].map(([name, uuid]) => ({ name, uuid }));
  const inFolders = new Set(sources.map(({ uuid }) => uuid));
  // A package comes after those that need it, and is to be compiled before them.
  const compileWithApp = sources.map(({ name, uuid }) => ({ name, uuid })).toReversed();
  return {
    files: environment.files,
    toResolve: true,
    manifestPaths: environment.manifestPaths,
    manifestHash: manifestHash ?? "none",
    packages: undefined,
    load: direct.filter(({ uuid }) => !inFolders.has(uuid)),
    installOnly: [],
    compileWithApp,
    direct,
    pathDependencies: sources.map((source) => asPathDependency(source, project)),
  };
}

function asPathDependency({ name, uuid, folder }: PathSource, { place }: LoadedProject): PathDependency {
  const path = posix.relative(place.manifestFolder, folder) || ".";
  return { name, uuid, source: "path", path };
}

function preferences(text: string | undefined): readonly (readonly [string, string])[] {
  return text === undefined ? [] : [["LocalPreferences.toml", text]];
}

/** A package in the form in which the programs of the steps read it: `Name=uuid`. */
export function identityText({ name, uuid }: Identity): string {
  return `${name}=${uuid}`;
}
