import {
  dependencyEnvironment,
  type Package,
  type PathDependency,
} from "../project/dependency-environment.ts";
import type { LoadedProject } from "../project/loaded-project.ts";
import { unresolvedEnvironment } from "../project/unresolved-environment.ts";

/** A package's name and UUID. */
export type Identity = Pick<Package, "name" | "uuid">;

/** What the steps have to do with a project's dependencies. */
export interface Dependencies {
  /** The environment that the dependency step works on, by file name. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether the dependency step has to choose the versions first. */
  readonly toResolve: boolean;
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
    packages: environment.packages.filter(({ treeHash }) => treeHash !== undefined),
    load: environment.directDependencies.filter(({ uuid }) => installed.has(uuid)),
    installOnly: environment.afterPath,
    compileWithApp: environment.compiledWithApp,
    direct: environment.directDependencies,
    pathDependencies: environment.pathDependencies,
  };
}

function unresolved({ projectFile, directDependencies, localPreferences }: LoadedProject): Dependencies {
  const environment = unresolvedEnvironment(projectFile, localPreferences);
  const direct = [...directDependencies].map(([name, uuid]) => ({ name, uuid }));
  return {
    files: new Map([
      ["Project.toml", environment.projectToml],
      ...preferences(environment.localPreferencesToml),
    ]),
    toResolve: true,
    packages: undefined,
    load: direct,
    installOnly: [],
    compileWithApp: [],
    direct,
    pathDependencies: [],
  };
}

function preferences(text: string | undefined): readonly (readonly [string, string])[] {
  return text === undefined ? [] : [["LocalPreferences.toml", text]];
}
