/** How many layers the parts of a depot are put into. */
export interface DepotLayers {
  /** The largest artifacts have one each, and the last has the rest. */
  readonly artifacts: number;
  /** Compiled files and scratch spaces, by package. */
  readonly compiled: number;
  /** Sources, by package. */
  readonly packages: number;
  /**
   * Both of small packages, above the others; the last also has the record of what is in the depot. Where there is none, they are
   * with the others.
   */
  readonly small: number;
}

const together: DepotLayers = { artifacts: 1, compiled: 1, packages: 1, small: 0 };

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
    ...(packages.length < 8
      ? { compiled: 1, packages: 1, small: 0 }
      : packages.length < 64
        ? { compiled: 3, packages: 1, small: 1 }
        : { compiled: 6, packages: 2, small: 4 }),
  };
}

export function depotLayerCount({ artifacts, compiled, packages, small }: DepotLayers): number {
  return artifacts + compiled + packages + small;
}
