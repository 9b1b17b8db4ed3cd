import { stringify } from "smol-toml";
import { type FileMap, gitTreeHash } from "./git-tree.ts";
import type { PackageFixture } from "./package-fixture.ts";
import { tarball } from "./tarball.ts";

export interface RegistryFixture {
  readonly name: string;
  readonly uuid: string;
  readonly treeHash: string;
  readonly files: FileMap;
  readonly tarball: Buffer;
}

/** The UUID of General: with a registry of this UUID on its server, Pkg adds it by itself. */
export const GENERAL_UUID = "23338594-aafe-5451-b93e-139f81909106";

/** A registry that lists these packages, in the layout of Pkg's registries (one folder per package). */
export function makeRegistry(
  packages: readonly PackageFixture[],
  identity: { readonly name: string; readonly uuid: string } = { name: "General", uuid: GENERAL_UUID },
  /** Where the repositories of the packages are; `<url>/<name>.git`. */
  repositories = "https://git.registry.example.com",
): RegistryFixture {
  const byName = new Map<string, PackageFixture[]>();
  for (const fixture of packages) byName.set(fixture.name, [...(byName.get(fixture.name) ?? []), fixture]);
  const files: Record<string, string> = {};
  const listed: Record<string, unknown> = {};
  for (const [name, versions] of [...byName].sort(([a], [b]) => (a < b ? -1 : 1))) {
    requireDistinctVersions(name, versions);
    const folder = `${(name[0] as string).toUpperCase()}/${name}`;
    listed[(versions[0] as PackageFixture).uuid] = { name, path: folder };
    for (const [file, text] of Object.entries(packageFiles(versions, repositories)))
      files[`${folder}/${file}`] = text;
  }
  files["Registry.toml"] = stringify({
    ...identity,
    repo: `https://git.registry.example.com/${identity.name}.git`,
    description: "Packages made for tests",
    packages: listed,
  });
  return { ...identity, files, treeHash: gitTreeHash(files), tarball: tarball(files) };
}

/** Of two packages with one name and version, one would be listed with the other's tree, which nobody serves under its name. */
function requireDistinctVersions(name: string, versions: readonly PackageFixture[]): void {
  if (new Set(versions.map(({ uuid }) => uuid)).size > 1) throw new Error(`two packages are called ${name}`);
  const repeated = versions.find(
    ({ version }, index) => versions.findIndex((other) => other.version === version) !== index,
  );
  if (repeated !== undefined) throw new Error(`${name} ${repeated.version} is there twice`);
}

function packageFiles(
  versions: readonly PackageFixture[],
  repositories: string,
): Readonly<Record<string, string>> {
  const [{ name, uuid }] = versions as [PackageFixture];
  const perVersion = (
    select: (fixture: PackageFixture) => Readonly<Record<string, unknown>>,
  ): string | undefined => {
    // These tables are keyed by version ranges, which have no build number (`+0`).
    const tables = versions.map((fixture) => [fixture.version.replace(/\+.*/, ""), select(fixture)] as const);
    const filled = tables.filter(([, table]) => Object.keys(table).length > 0);
    return filled.length === 0 ? undefined : stringify(Object.fromEntries(filled));
  };
  const files = {
    "Package.toml": stringify({ name, uuid, repo: `${repositories}/${name}.jl.git` }),
    "Versions.toml": stringify(
      Object.fromEntries(versions.map(({ version, treeHash }) => [version, { "git-tree-sha1": treeHash }])),
    ),
    "Deps.toml": perVersion((fixture) => fixture.deps),
    "WeakDeps.toml": perVersion((fixture) => fixture.weakDeps),
    "Compat.toml": perVersion((fixture) =>
      Object.fromEntries(
        Object.entries(fixture.compat).map(([dependency, bound]) => [dependency, registryRange(bound)]),
      ),
    ),
  };
  return Object.fromEntries(Object.entries(files).filter(([, text]) => text !== undefined)) as Record<
    string,
    string
  >;
}

/**
 * A registry writes a compatible range as `lowest-highest` with prefixes for "any" (Pkg's VersionRange):
 * the caret range of `1.2` is `1.2-1`, that of `0.3` is `0.3`.
 */
export function registryRange(lowerBound: string): string {
  const match = /^\^?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(lowerBound);
  if (match === null) throw new Error(`not a plain lower bound: ${lowerBound}`);
  const [, major, minor, patch] = match;
  if (minor === undefined) return major as string;
  const highest = major === "0" ? `0.${minor}` : (major as string);
  const lowest = [major, minor, patch].filter((part) => part !== undefined).join(".");
  return lowest === highest ? highest : `${lowest}-${highest}`;
}
