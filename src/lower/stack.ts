import { createHash } from "node:crypto";
import { headDigest, marshal, type Output } from "../llb/index.ts";
import type { Plan } from "../plan/plan.ts";
import { baseImage, withAptPackages } from "./base-image.ts";
import type { Contexts } from "./contexts.ts";
import { type DepotParts, dependencyStep, withDepot } from "./dependency-step.ts";
import type { StepDefaults } from "./step-defaults.ts";

/** The steps that make what is below the project, and those whose results they put together. */
export interface Stack {
  /** Base image and Debian packages. */
  readonly clean: Output;
  readonly depot: DepotParts;
}

export function stackOf(
  plan: Plan,
  contexts: Pick<Contexts, "base" | "seed">,
  defaults: StepDefaults,
): Stack {
  const base = contexts.base ?? baseImage(plan);
  const clean = withAptPackages(plan, base, plan.packages.image, "image", defaults);
  const builder = withAptPackages(plan, clean, plan.packages.build, "build", defaults);
  return { clean, depot: dependencyStep(plan, builder, contexts.seed, defaults) };
}

/**
 * A digest over everything that the stack is made from: the digest of its steps, and of the base image's configuration, which
 * names its layers. Where the cache starts is no part of it, since the depot is the same with any content of the cache.
 */
export function stackDigest(plan: Plan, base: Output | undefined, defaults: StepDefaults): string {
  const { clean, depot } = stackOf(plan, { base }, defaults);
  const steps = headDigest(marshal(withDepot(plan, clean, depot), { platform: plan.platform }));
  return `sha256:${createHash("sha256")
    .update(JSON.stringify([steps, plan.base.config]))
    .digest("hex")}`;
}
