/** How many layers the parts of a depot are put into. */
export interface DepotLayers {
  /** The largest artifacts have one each, and the last has the rest. */
  readonly artifacts: number;
  /** Sources, by package. */
  readonly packages: number;
  /** Compiled files and scratch spaces, small ones above large ones; of several the last also has what belongs to no package, and the record of what is in the depot. */
  readonly compiled: number;
}

const together: DepotLayers = { artifacts: 1, packages: 1, compiled: 1 };

const mostArtifactLayers = 4;

/**
 * One layer for each kind of a small depot. In a large one, a package that is added or updated should not change the layer
 * that all others are in, since a layer that changed is pushed and pulled as a whole. Each layer costs time in every build,
 * and compiled files are the most bytes: of 31 packages with CSV and DataFrames 107 MB, beside 11 MB of sources. `npm run bench:push` measures both.
 */
export function depotLayers(packages: readonly { readonly name: string }[] | undefined): DepotLayers {
  if (packages === undefined) {
    return together;
  }
  // Packages of binaries have an artifact each; what others have is not known before they are installed.
  const binaries = packages.filter(({ name }) => name.endsWith("_jll")).length;
  return {
    artifacts: Math.max(1, Math.min(binaries, mostArtifactLayers)),
    packages: packages.length < 64 ? 1 : 4,
    compiled: packages.length < 8 ? 1 : packages.length < 64 ? 4 : 8,
  };
}

export function depotLayerCount({ artifacts, packages, compiled }: DepotLayers): number {
  return artifacts + packages + compiled;
}
