import { createHash } from "node:crypto";
import { headDigest, type MarshalOptions, marshal, type Output } from "../llb/index.ts";
import type { ImageConfig } from "../plan/image-config.ts";
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
  /** All of it in one file system. */
  readonly whole: Output;
}

export function stackOf(
  plan: Plan,
  contexts: Pick<Contexts, "base" | "seed">,
  defaults: StepDefaults,
): Stack {
  const base = contexts.base ?? baseImage(plan);
  const clean = withAptPackages(plan, base, plan.packages.image, "image", defaults);
  const builder = withAptPackages(plan, clean, plan.packages.build, "build", defaults);
  const depot = dependencyStep(plan, builder, contexts.seed, defaults);
  return { clean, depot, whole: withDepot(plan, clean, depot) };
}

/**
 * A digest over everything that the stack is made from: the digest of its steps, and of the base image's configuration, which
 * names its layers.
 *
 * @param stack without a seed, which is no part of it: the depot is the same wherever the cache starts
 */
export function stackDigest(stack: Stack, base: ImageConfig, options: MarshalOptions): string {
  const steps = headDigest(marshal(stack.whole, options));
  return `sha256:${createHash("sha256")
    .update(JSON.stringify([steps, base]))
    .digest("hex")}`;
}
