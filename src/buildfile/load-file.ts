import { posix } from "node:path";

/** Where the package is made that holds what a workload compiled, in a depot. */
export function startupFolder(depot: string): string {
  return posix.join(depot, "startup");
}

/** What the image's Julia runs first, to load that package; src/julia/lib/startup.jl has the same name. */
export function loadFileIn(depot: string): string {
  return posix.join(startupFolder(depot), "load.jl");
}
