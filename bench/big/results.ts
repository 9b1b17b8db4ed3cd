/** What a size belongs to. */
export type Series = "packages" | "artifacts" | "files" | "builds";

/** What was measured of a project, or of so many builds at once. */
export interface BigPoint {
  readonly series: Series;
  readonly size: number;
  /** Seconds in which the frontend plans, against a BuildKit that answers at once; of several, until the last is done. */
  readonly plan: number;
  /** Largest resident set of a process of the frontend, in bytes. */
  readonly frontendMemory: number;
  /** Seconds of a rebuild without a change; of several at once, of all. Left out where nothing was built. */
  readonly rebuild?: number;
  /** Seconds of the first build; of packages, on top of the one of the size before. */
  readonly build?: number;
  /** Packages that the first build compiled. */
  readonly compiled?: number;
  /** Most memory of one step, in bytes; left out where the steps cannot be seen. */
  readonly stepMemory?: number;
}

export interface BigResults {
  /** ISO 8601 */
  readonly date: string;
  readonly machine: string;
  readonly julia: string;
  readonly repetitions: number;
  readonly points: readonly BigPoint[];
}

export const seriesNames: Readonly<Record<Series, string>> = {
  packages: "packages in the manifest",
  artifacts: "GB of artifacts",
  files: "files in the context",
  builds: "targets × platforms at once",
};

/** What grows with a size, and is to do so linearly at most. */
export const figures = [
  { name: "plan", title: "planning", unit: "s" },
  { name: "rebuild", title: "rebuild without a change", unit: "s" },
  { name: "build", title: "first build", unit: "s" },
  { name: "frontendMemory", title: "memory of the frontend", unit: "B" },
] as const satisfies readonly {
  readonly name: keyof BigPoint;
  readonly title: string;
  readonly unit: string;
}[];

export type Figure = (typeof figures)[number];
