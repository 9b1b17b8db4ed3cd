import { stringify } from "smol-toml";
import { type ArtifactFixture, artifactsToml } from "./artifact-fixture.ts";
import { type FileMap, gitTreeHash } from "./git-tree.ts";
import { tarball } from "./tarball.ts";

/** One version of one package. */
export interface PackageFixture {
  readonly name: string;
  readonly uuid: string;
  readonly version: string;
  /** UUIDs by name. */
  readonly deps: Readonly<Record<string, string>>;
  readonly weakDeps: Readonly<Record<string, string>>;
  /** Lower bounds that a caret stands before, as in Project.toml. */
  readonly compat: Readonly<Record<string, string>>;
  readonly artifacts: readonly ArtifactFixture[];
  readonly files: FileMap;
  readonly treeHash: string;
  /** Made at the first call: a registry may name a thousand packages of which a test installs ten. */
  readonly tarball: () => Buffer;
}

export interface PackageDeclaration {
  readonly name: string;
  readonly uuid: string;
  readonly version: string;
  readonly deps?: Readonly<Record<string, string>>;
  readonly weakDeps?: Readonly<Record<string, string>>;
  /** Modules by the weak dependency that loads them. */
  readonly extensions?: Readonly<Record<string, string>>;
  readonly compat?: Readonly<Record<string, string>>;
  readonly artifacts?: readonly ArtifactFixture[];
  /** What stands between `module <name>` and `end` in src/<name>.jl. */
  readonly body: string;
  /** Further files. */
  readonly files?: FileMap;
}

export function definePackage(declaration: PackageDeclaration): PackageFixture {
  const { name, uuid, version, deps = {}, weakDeps = {}, artifacts = [] } = declaration;
  const compat = { julia: "1", ...declaration.compat };
  const files: FileMap = {
    "Project.toml": projectToml(declaration, compat),
    [`src/${name}.jl`]: `module ${name}\n\n${declaration.body.trim()}\n\nend # module ${name}\n`,
    ...(artifacts.length > 0 ? { "Artifacts.toml": artifactsToml(artifacts) } : {}),
    ...declaration.files,
  };
  let archive: Buffer | undefined;
  return {
    ...{ name, uuid, version, deps, weakDeps, compat, artifacts, files },
    treeHash: gitTreeHash(files),
    tarball: () => {
      archive ??= tarball(files);
      return archive;
    },
  };
}

function projectToml(declaration: PackageDeclaration, compat: Readonly<Record<string, string>>): string {
  const { name, uuid, version, deps = {}, weakDeps = {}, extensions = {} } = declaration;
  const weak = Object.keys(weakDeps).length > 0;
  return stringify({
    ...{ name, uuid, version, deps, compat },
    // Julia before 1.9 knows no weakdeps; what it finds among the extras it takes as known.
    ...(weak ? { weakdeps: weakDeps, extensions, extras: weakDeps } : {}),
  });
}
