import type { Spec } from "../buildfile/spec.ts";
import { sourceEnvironment } from "./access.ts";
import { environmentOf, type ImageConfig } from "./image-config.ts";

/**
 * The depot that programs in the image can write to. It comes first, since Julia writes to the first depot only, and is part
 * of the image so that any user can write to it; on a read-only container the depot itself still works.
 */
export function userDepot(spec: Spec): string {
  return `${spec.depot.path}-user`;
}

function imageDepots(spec: Spec): string {
  return `${userDepot(spec)}:${spec.depot.path}:`;
}

/** Environment of the base image with the spec's on top: what every step and the image share. */
export function sharedEnvironment(base: ImageConfig, spec: Spec): Record<string, string> {
  return { ...Object.fromEntries(environmentOf(base)), ...Object.fromEntries(spec.env) };
}

/** What every Julia of the build has beside the shared environment, so that the image's Julia accepts what it compiles. */
function compilerEnvironment(
  shared: Readonly<Record<string, string>>,
  cpuTarget: string,
): Record<string, string> {
  return {
    // Into how many parts the native code of a package is split, to be made at the same time. Julia takes half the number of
    // processors (compute_image_thread_count in src/aotcompile.cpp): the file would depend on the builder, and on a small one
    // the package that all others wait for would be made on one processor while the others are idle.
    JULIA_IMAGE_THREADS: "4",
    ...shared,
    JULIA_CPU_TARGET: cpuTarget,
    JULIA_HISTORY: "/dev/null",
    JULIA_SCRATCH_TRACK_ACCESS: "0",
  };
}

/** Differs in every build that is to run the step again. */
export const runVariable = "JULIA_FRONTEND_RUN";

export interface DependencyEnvironmentOptions {
  readonly shared: Readonly<Record<string, string>>;
  readonly spec: Spec;
  readonly cpuTarget: string;
  readonly project: string;
  readonly runId: string | undefined;
}

export function dependencyStepEnvironment(options: DependencyEnvironmentOptions): Record<string, string> {
  const { shared, spec, cpuTarget, project, runId } = options;
  const { tasks } = spec.precompile;
  return {
    ...compilerEnvironment(shared, cpuTarget),
    // The empty entry stands for Julia's own depots, where the compiled standard libraries are.
    JULIA_DEPOT_PATH: `${spec.depot.path}:`,
    JULIA_PROJECT: project,
    // The project and the standard libraries, and nothing that an environment in the cache would add.
    JULIA_LOAD_PATH: "@:@stdlib",
    JULIA_PKG_PRECOMPILE_AUTO: "0",
    // Julia 1.12 and newer collect garbage by themselves, with other projects' packages in the cache.
    JULIA_PKG_GC_AUTO: "false",
    // Compiled files of this many projects are kept for each package (Julia 1.6 and newer; 10 by default).
    JULIA_MAX_NUM_PRECOMPILE_FILES: "100",
    ...sourceEnvironment(spec),
    ...(tasks === undefined ? {} : { JULIA_NUM_PRECOMPILE_TASKS: String(tasks) }),
    // A value that changes runs the step again. BuildKit's own way, ignore_cache, would also detach the cache mount from its
    // content for every build that uses it (solver/llbsolver/vertex.go, detectPrunedCacheID).
    ...(runId === undefined ? {} : { [runVariable]: runId }),
  };
}

export function applicationStepEnvironment(
  shared: Readonly<Record<string, string>>,
  spec: Spec,
  cpuTarget: string,
  project: string,
): Record<string, string> {
  return {
    ...compilerEnvironment(shared, cpuTarget),
    JULIA_DEPOT_PATH: imageDepots(spec),
    JULIA_PROJECT: project,
  };
}

/** What the image adds to the shared environment. At a prompt that people work with, the history is kept in the first depot. */
export function imageEnvironment(spec: Spec, project: string, keepHistory: boolean): Record<string, string> {
  return {
    JULIA_DEPOT_PATH: imageDepots(spec),
    ...(keepHistory ? {} : { JULIA_HISTORY: "/dev/null" }),
    JULIA_PROJECT: project,
    // Scratch.jl would write a log at every start.
    JULIA_SCRATCH_TRACK_ACCESS: "0",
  };
}
