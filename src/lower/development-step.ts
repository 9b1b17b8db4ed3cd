import type { Output } from "../buildkit/llb/index.ts";
import type { DevelopmentStep } from "../plan/plan.ts";
import { outputFolder, settingsFile, settingsFolder } from "../plan/step-folders.ts";
import { accessMounts, secretVariables } from "./access-mounts.ts";
import { depotCache } from "./dependency-step.ts";
import { programsMount } from "./programs-mount.ts";
import type { Steps } from "./steps.ts";
import { textMount } from "./text-files.ts";

export interface DevelopmentInputs {
  /** The image, but for what this step makes. */
  readonly image: Output;
  /** What the depot is made on. */
  readonly builder: Output;
  readonly seed: Output | undefined;
}

/**
 * The image with registries and folders that everyone may write to. They lie on top: they are for what is done in a container, and
 * nothing that the build has checked depends on them.
 */
export function withDevelopmentFolders(
  steps: Steps,
  step: DevelopmentStep,
  { image, builder, seed }: DevelopmentInputs,
): Output {
  const { access } = step;
  const run = steps.run(builder, {
    ...(access.network === undefined ? {} : { network: access.network }),
    args: step.args,
    env: step.env,
    secretEnv: secretVariables(access),
    cwd: "/",
    user: "0",
    mounts: [
      depotCache(steps.plan, seed),
      programsMount(step, "[internal] programs of the step that gets the registries"),
      textMount(
        settingsFolder,
        [[settingsFile, step.settings]],
        "[internal] settings of the step that gets the registries",
      ),
      ...accessMounts(access),
      { type: "bind", target: outputFolder, source: null },
    ],
    name: "[dev] get the registries",
    span: step.span,
  });
  const files = { from: run.output(outputFolder), src: "/", dest: "/" };
  return steps.layOver(image, [files], "[dev] copy registries and folders to write to");
}
