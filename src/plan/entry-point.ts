import { posix } from "node:path";
import type { RunSettings, Spec } from "../buildfile/spec.ts";
import { isAtLeast, type JuliaVersion } from "../julia/julia-version.ts";
import type { ContainerConfig } from "./image-config.ts";

export interface EntryPointInputs {
  readonly spec: Spec;
  /** The project's folder in the image. */
  readonly project: string;
  /** The image's, as precise as it is known. */
  readonly julia: JuliaVersion | undefined;
  /** What `julia -L` is to run first: the file that loads what a workload compiled. */
  readonly loadFile: string | undefined;
}

/** What a container starts. A script or a module becomes the entry point, so that arguments of `docker run` go to it. */
export function entryPoint(inputs: EntryPointInputs): Pick<ContainerConfig, "Entrypoint" | "Cmd"> {
  const { spec, project, julia } = inputs;
  const { image, main, module } = spec;
  const started = juliaCommand(inputs);
  const entrypoint =
    image.entrypoint ??
    (main !== undefined
      ? [...started, posix.join(project, main)]
      : module !== undefined
        ? [...started, ...moduleArguments(module, julia)]
        : undefined);
  return entrypoint === undefined
    ? { Cmd: image.cmd ?? started }
    : { Entrypoint: entrypoint, Cmd: image.cmd ?? [] };
}

/** The flags that `[run]` stands for. */
export function runFlags({ threads, heapSizeHint, gcThreads }: RunSettings): readonly string[] {
  const options = { threads, "heap-size-hint": heapSizeHint, gcthreads: gcThreads };
  return Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
}

function juliaCommand({ spec: { precompile, run }, loadFile }: EntryPointInputs): readonly string[] {
  return [
    "julia",
    ...precompile.flags,
    ...runFlags(run),
    ...(loadFile === undefined ? [] : ["-L", loadFile]),
  ];
}

/**
 * Julia 1.12 brought `-m` (1.11 knows `@main`, for scripts alone). What it does is written out for those before, where `--` ends Julia's own options, and for a Julia of which it is
 * not known which one it is.
 */
function moduleArguments(module: string, julia: JuliaVersion | undefined): readonly string[] {
  if (julia !== undefined && isAtLeast(julia, 1, 12)) {
    return ["-m", module];
  }
  const [root = module] = module.split(".");
  return ["-e", `import ${root}; exit(something(${module}.main(ARGS), 0))`, "--"];
}
