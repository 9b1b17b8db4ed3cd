/** What one build gave. Figures that were not taken are left out. */
export interface Sample {
  /** Wall time of `docker buildx build`; of several at once, until the last is done. */
  readonly seconds: number;
  /** Images that load without network and without compiling anything, and all that were built. */
  readonly rightImages: number;
  readonly images: number;
  /** Bytes that the Pkg server sent. */
  readonly downloaded?: number;
  /** Bytes that a registry was sent which has the base image and what was pushed before. */
  readonly pushed?: number;
  /** Bytes of the image's compressed layers above the base image. */
  readonly imageBytes?: number;
  /** Seconds of a container that loads the project and ends. */
  readonly startUp?: number;
  /** Bytes of the cache mounts of this build. */
  readonly cacheBytes?: number;
  /** Seconds in which the fresh engine pulls the seed. */
  readonly pull?: number;
}

/** Of what, by whom: a measurement replaces an earlier one with the same key. */
export interface Key {
  /** Full version. */
  readonly julia: string;
  readonly project: string;
  readonly case: string;
  readonly contender: string;
}

export interface Measurement extends Key {
  /** ISO 8601 */
  readonly date: string;
  readonly machine: string;
  /** Packages of others in the cache, where the case has such. */
  readonly others?: number;
  readonly samples: readonly Sample[];
}

export interface Results {
  readonly measurements: readonly Measurement[];
}

const isSame = (left: Key, right: Key): boolean =>
  left.julia === right.julia &&
  left.project === right.project &&
  left.case === right.case &&
  left.contender === right.contender;

/** What was measured before, with what was measured now in its place. */
export function merged(before: Results, measured: readonly Measurement[]): Results {
  const kept = before.measurements.filter((old) => !measured.some((fresh) => isSame(old, fresh)));
  return { measurements: [...kept, ...measured] };
}

export function find(results: Results, key: Key): Measurement | undefined {
  return results.measurements.find((measurement) => isSame(measurement, key));
}

/** Distinct values, in the order in which they were first measured. */
export function distinct<T extends keyof Key>(results: Results, name: T): readonly string[] {
  return [...new Set(results.measurements.map((measurement) => measurement[name]))];
}
