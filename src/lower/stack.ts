import { createHash } from "node:crypto";
import {
  headDigest,
  headDigestWith,
  type MarshalOptions,
  marshal,
  type Output,
} from "../buildkit/llb/index.ts";
import type { ImageConfig } from "../plan/image-config.ts";
import type { Plan } from "../plan/plan.ts";
import type { StepDefaults } from "../request/step-defaults.ts";
import { baseImage, withAptPackages } from "./base-image.ts";
import { type DepotParts, dependencyStep, withDepot } from "./dependency-step.ts";
import type { Contexts } from "./sources.ts";

/** The steps that make what is below the project, and those whose results they put together. */
export interface Stack {
  readonly base: Output;
  /** The base image wherever a builder looks for it. */
  readonly anyBase: Output;
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
  const anyBase = contexts.base ?? baseImage(inAnyPlace(plan));
  const clean = withAptPackages(plan, base, plan.packages.image, "image", defaults);
  const builder = withAptPackages(plan, clean, plan.packages.build, "build", defaults);
  const depot = dependencyStep(plan, builder, contexts.seed, defaults);
  return { base, anyBase, clean, depot, whole: withDepot(plan, clean, depot) };
}

function inAnyPlace(plan: Plan): Plan {
  return { ...plan, base: { ...plan.base, resolveMode: undefined } };
}

/**
 * A digest over everything that the stack is made from: the digest of its steps, and of the base image's configuration, which
 * names its layers. Builders that look for the base image in different places give the same.
 *
 * @param stack without a seed, which is no part of it: the depot is the same wherever the cache starts
 */
export function stackDigest(stack: Stack, base: ImageConfig, options: MarshalOptions): string {
  const [own = "", anywhere = ""] = [stack.base, stack.anyBase].map((state) =>
    headDigest(marshal(state, options)),
  );
  const steps = headDigestWith(marshal(stack.whole, options), new Map([[own, anywhere]]));
  return `sha256:${createHash("sha256")
    .update(JSON.stringify([steps, base]))
    .digest("hex")}`;
}
