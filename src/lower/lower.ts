import { type Output, scratch } from "../buildkit/llb/index.ts";
import type { Plan } from "../plan/plan.ts";
import type { StepDefaults } from "../request/step-defaults.ts";
import { verified, withCompiledProject, withProject } from "./application-step.ts";
import { withDepot } from "./dependency-step.ts";
import { withFolders } from "./folder-step.ts";
import type { Contexts } from "./sources.ts";
import { stackOf } from "./stack.ts";
import { tested } from "./test-step.ts";

/**
 * The graph of steps that carries out a plan. LLB is lazy: only what the result depends on is run, so the result is built
 * on the output of the step that checks it.
 */
export function lower(plan: Plan, contexts: Contexts, defaults: StepDefaults): Output {
  const { depot, whole } = contexts.own ?? stackOf(plan, contexts, defaults);
  const built = withProject(plan, contexts.stack ?? whole, contexts);
  const output = verified(plan, built, defaults);
  if (plan.target === "depot") {
    return withCompiledProject(plan, withDepot(plan, scratch, depot), output);
  }
  const image = withFolders(plan, withCompiledProject(plan, built, output));
  return plan.test === undefined ? image : tested(plan, plan.test, image, defaults);
}
