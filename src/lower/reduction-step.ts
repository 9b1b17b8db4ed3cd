import type { Output } from "../buildkit/llb/index.ts";
import type { SmallImage } from "../plan/plan.ts";
import { outputFolder, settingsFile, settingsFolder, smallBaseFolder } from "../plan/step-folders.ts";
import { programsMount } from "./programs-mount.ts";
import type { Steps } from "./steps.ts";
import { textMount } from "./text-files.ts";

/** What the step that reduces Julia leaves; src/julia/steps/reduce_julia.jl has the same names. */
export interface ReducedJulia {
  /** Julia's folder as the image has it. */
  readonly julia: Output;
  /** What the project is compiled with, at its place in Julia's folder. Absent if the image has it. */
  readonly tools: Output | undefined;
}

const juliaFolder = `${outputFolder}/julia`;
const toolsFolder = `${outputFolder}/tools`;

/**
 * Loads what the image loads, on the image that is built on, and asks Julia what that took. That the small base can run it is
 * seen here too, before anything is built upon it.
 */
export function reducedJulia(
  steps: Steps,
  { reduction }: SmallImage,
  full: Output,
  small: Output,
): ReducedJulia {
  const { application } = steps.plan;
  const run = steps.run(full, {
    network: "none",
    args: reduction.args,
    env: reduction.env,
    cwd: application.path,
    user: "0",
    mounts: [
      programsMount(reduction, "[internal] programs of the step that reduces Julia"),
      textMount(
        settingsFolder,
        [[settingsFile, reduction.settings]],
        "[internal] settings of the step that reduces Julia",
      ),
      { type: "tmpfs", target: "/tmp" },
      { type: "bind", target: smallBaseFolder, source: small, readonly: true },
      { type: "bind", target: juliaFolder, source: null },
      { type: "bind", target: toolsFolder, source: null },
    ],
    name: "[julia] find out what the image needs of Julia",
    span: reduction.span,
  });
  return {
    julia: run.output(juliaFolder),
    tools: reduction.leavesTools ? run.output(toolsFolder) : undefined,
  };
}

export function withReducedJulia(steps: Steps, small: Output, { julia }: ReducedJulia): Output {
  return steps.layOver(
    small,
    [{ from: julia, src: "/", dest: "/" }],
    "[julia] copy what the image needs of Julia",
  );
}

/** The image as the project is compiled on it. What is added here is not in the image. */
export function withTools(steps: Steps, image: Output, tools: Output | undefined): Output {
  return tools === undefined
    ? image
    : steps.layOver(image, [{ from: tools, src: "/", dest: "/" }], "[internal] add what Julia compiles with");
}
