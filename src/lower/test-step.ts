import type { Output } from "../buildkit/llb/index.ts";
import type { TestStep } from "../plan/plan.ts";
import { testResultsFolder } from "../plan/plan-tests.ts";
import { settingsFile, settingsFolder } from "../plan/step-folders.ts";
import { accessMounts, secretVariables } from "./access-mounts.ts";
import { programsMount } from "./programs-mount.ts";
import type { Steps } from "./steps.ts";
import { textMount } from "./text-files.ts";

/** Runs the tests on the image. The result is what they left in the folder for results: usually nothing. */
export function tested(steps: Steps, step: TestStep, image: Output): Output {
  const { access, settings } = step;
  const run = steps.run(image, {
    ...(access.network === undefined ? {} : { network: access.network }),
    args: step.args,
    env: step.env,
    secretEnv: secretVariables(access),
    cwd: steps.plan.application.path,
    user: "0",
    mounts: [
      { type: "cache", target: step.depotPath, id: step.cacheId, sharing: "locked" },
      programsMount(step, "[internal] programs of the test step"),
      textMount(settingsFolder, [[settingsFile, settings]], "[internal] settings of the test step"),
      { type: "tmpfs", target: "/tmp" },
      ...accessMounts(access),
      { type: "bind", target: testResultsFolder, source: null },
    ],
    name: `[test] test ${step.name}`,
    span: step.span,
  });
  return run.output(testResultsFolder);
}
