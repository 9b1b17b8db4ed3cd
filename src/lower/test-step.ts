import { exec, type Output } from "../buildkit/llb/index.ts";
import { testPrograms } from "../julia/programs.ts";
import type { Plan } from "../plan/plan.ts";
import { type TestStep, testResultsFolder } from "../plan/test-step.ts";
import { type StepDefaults, sharedMemory } from "../request/step-defaults.ts";
import { accessMounts, secretVariables } from "./access-mounts.ts";
import { locate } from "./locate.ts";
import { juliaProgram, programFolder, readOnly, textFiles } from "./programs.ts";

/** Runs the tests on the image. The result is what they left in the folder for results: usually nothing. */
export function tested(plan: Plan, step: TestStep, image: Output, defaults: StepDefaults): Output {
  const programs = textFiles(Object.entries(testPrograms), "[internal] programs of the test step");
  const settings = textFiles([["settings.toml", step.settings]], "[internal] settings of the test step");
  const { access } = step;
  const run = exec(image, {
    ...defaults,
    ...(access.network === undefined ? {} : { network: access.network }),
    args: juliaProgram("tests.jl", [], `${programFolder}/settings/settings.toml`),
    env: step.env,
    secretEnv: secretVariables(access),
    cwd: plan.application.path,
    user: "0",
    mounts: [
      ...sharedMemory(defaults),
      { type: "cache", target: step.depotPath, id: step.cacheId, sharing: "locked" },
      readOnly(programs, `${programFolder}/programs`),
      readOnly(settings, `${programFolder}/settings`),
      { type: "tmpfs", target: "/tmp" },
      ...accessMounts(access),
      { type: "bind", target: testResultsFolder, source: null },
    ],
    name: `[test] test ${step.name}`,
    locations: locate(plan.spec, step.span),
  });
  return run.output(testResultsFolder);
}
