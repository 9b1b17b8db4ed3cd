import type { Manifest, ManifestPackage } from "./project.ts";

/** These packages in an order in which each comes after those among them that it depends on. */
export function inCompileOrder(manifest: Manifest, uuids: ReadonlySet<string>): readonly ManifestPackage[] {
  const ordered: ManifestPackage[] = [];
  const visited = new Set<string>();
  const visit = (uuid: string): void => {
    const entry = manifest.packages.get(uuid);
    if (entry === undefined || visited.has(uuid)) {
      return;
    }
    visited.add(uuid);
    for (const dependency of entry.dependencies.values()) {
      visit(dependency);
    }
    if (uuids.has(uuid)) {
      ordered.push(entry);
    }
  };
  for (const uuid of uuids) {
    visit(uuid);
  }
  return ordered;
}
