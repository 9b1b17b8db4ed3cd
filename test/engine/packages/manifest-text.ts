import { stringify } from "smol-toml";
import type { PackageFixture } from "./package-fixture.ts";

/**
 * A manifest of format 1, which every Julia reads, with exactly these packages: for what has no engine whose Julia could make
 * one. Nothing is chosen here, and there are no standard libraries.
 */
export function manifestText(packages: readonly PackageFixture[]): string {
  const entries = [...packages]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, uuid, version, deps, treeHash }) => {
      const names = Object.keys(deps).sort();
      const fields = {
        ...(names.length > 0 ? { deps: names } : {}),
        "git-tree-sha1": treeHash,
        uuid,
        version,
      };
      return [name, [fields]] as const;
    });
  return stringify(Object.fromEntries(entries));
}
