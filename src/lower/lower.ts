import { type Output, scratch } from "../llb/index.ts";
import type { Plan } from "../plan/plan.ts";
import { verified, withCompiledProject, withProject } from "./application-step.ts";
import { baseImage, withAptPackages } from "./base-image.ts";
import type { Contexts } from "./contexts.ts";
import { dependencyStep, withDepot } from "./dependency-step.ts";
import { withFolders } from "./folder-step.ts";
import type { StepDefaults } from "./step-defaults.ts";
import { tested } from "./test-step.ts";

/**
 * The graph of steps that carries out a plan. LLB is lazy: only what the result depends on is run, so the result is built
 * on the output of the step that checks it.
 */
export function lower(plan: Plan, contexts: Contexts, defaults: StepDefaults): Output {
  const base = contexts.base ?? baseImage(plan);
  const clean = withAptPackages(plan, base, plan.packages.image, "image", defaults);
  const builder = withAptPackages(plan, clean, plan.packages.build, "build", defaults);
  const depot = dependencyStep(plan, builder, contexts.seed, defaults);
  const built = withProject(plan, withDepot(plan, clean, depot), contexts);
  const output = verified(plan, built, defaults);
  if (plan.target === "depot") {
    return withCompiledProject(plan, withDepot(plan, scratch, depot), output);
  }
  const image = withFolders(plan, withCompiledProject(plan, built, output));
  return plan.test === undefined ? image : tested(plan, plan.test, image, defaults);
}
