import { posix } from "node:path";
import { startupFolder } from "../buildfile/load-file.ts";
import type { Spec } from "../buildfile/spec.ts";
import type { Target } from "../request/targets.ts";

/** The name of the package that holds what a workload compiles; src/julia/lib/startup.jl has the same. */
export const startupPackage = "StartupPackage";

/** A script of the project whose compiled code the image keeps. */
export interface Workload {
  /** Where the script is in the image. */
  readonly script: string;
  /** Seconds that it may take. */
  readonly timeout: number;
  /** Where the package is made that holds what was compiled. */
  readonly folder: string;
}

/** The workload of a build that has the project's sources; `project` is its folder in the image. */
export function workloadOf(
  { spec, target }: { readonly spec: Spec; readonly target: Target },
  project: string,
): Workload | undefined {
  const { workload, workloadTimeout } = spec.precompile;
  return workload === undefined || !target.hasSources
    ? undefined
    : {
        script: posix.join(project, workload),
        timeout: workloadTimeout,
        folder: startupFolder(spec.depot.path),
      };
}
