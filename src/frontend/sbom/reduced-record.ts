/** What of Julia an image on a small base has, as the step that reduces Julia writes it (src/julia/lib/reduced_record.jl). */
export interface ReducedRecord {
  readonly standardLibraries: readonly StandardLibrary[];
  /** Names of standard libraries that Julia has and the image does not. */
  readonly leftOut: readonly string[];
  /** Names of files: programs, shared libraries, the system image. */
  readonly libraries: readonly string[];
}

export interface StandardLibrary {
  readonly name: string;
  readonly uuid: string;
  readonly version: string | null;
}

export const reducedRecordFile = "julia.json";
