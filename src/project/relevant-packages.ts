import type { Manifest, ManifestPackage } from "./project.ts";

export interface Relevance {
  /** UUIDs of what the project depends on. */
  readonly directDependencies: Iterable<string>;
  /** UUID of the project, if it is a package. */
  readonly uuid: string | undefined;
  /** Whether the manifest is that of a workspace, with what its other projects depend on. */
  readonly inWorkspace: boolean;
}

/**
 * The manifest as it concerns one project. Since Julia 1.12 it may have an entry for the project itself, whose path is the
 * project's folder (`load_project_deps` in Pkg.jl, src/Operations.jl): nothing that the project depends on. And that of a
 * workspace has what any of its projects depends on, where this one needs its own part alone.
 */
export function relevantPackages(manifest: Manifest, relevance: Relevance): Manifest["packages"] {
  const { packages } = manifest;
  const needed = relevance.inWorkspace
    ? reachable(packages, relevance.directDependencies)
    : new Set(packages.keys());
  return new Map([...packages].filter(([uuid]) => needed.has(uuid) && uuid !== relevance.uuid));
}

function reachable(packages: Manifest["packages"], from: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let uuid = open.pop(); uuid !== undefined; uuid = open.pop()) {
    const entry: ManifestPackage | undefined = packages.get(uuid);
    if (entry !== undefined && !found.has(uuid)) {
      found.add(uuid);
      open.push(...entry.dependencies.values());
    }
  }
  return found;
}
