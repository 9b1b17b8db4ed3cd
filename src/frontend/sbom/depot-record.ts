/** What a depot holds, as the dependency step writes it into `depot.json` (src/julia/lib/record.jl). */
export interface DepotRecord {
  /** Version of Julia. */
  readonly julia: string;
  readonly packages: readonly RecordedPackage[];
}

export interface RecordedPackage {
  readonly name: string;
  readonly uuid: string;
  readonly version: string | null;
  /** SHA-1 of the package's git tree. */
  readonly treeHash: string;
  /** Name in the list of SPDX, if the licence file tells. */
  readonly licence: string | null;
  /** SHA-1 of the git trees of the artifacts that it uses. */
  readonly artifacts: readonly string[];
}

export const recordFile = "depot.json";
