import type { Spec } from "./spec.ts";

export interface Script {
  /** The key that names it. */
  readonly key: string;
  /** Relative to the project. */
  readonly path: string;
}

/** The files of the project that the image or the build runs. */
export function scriptsOf({ main, precompile }: Pick<Spec, "main" | "precompile">): readonly Script[] {
  return [
    ...(main === undefined ? [] : [{ key: "main", path: main }]),
    ...(precompile.workload === undefined ? [] : [{ key: "precompile.workload", path: precompile.workload }]),
  ];
}
