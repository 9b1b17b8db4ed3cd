import { type Definition, type EncodedVertices, marshal, type Output } from "../buildkit/llb/index.ts";
import { contextSource } from "../engine/local-sources.ts";
import type { Plan } from "../plan/plan.ts";
import type { StepDefaults } from "../request/step-defaults.ts";
import { lower } from "./lower.ts";
import type { Place } from "./place.ts";
import type { Stack } from "./stack.ts";

export interface DefinitionOptions {
  /** Where the project's files are. */
  readonly place: Place;
  /** What takes the place of the base image, if it is no image of a registry. */
  readonly base?: Output | undefined;
  /** The image whose depot the cache starts from. */
  readonly seed?: Output | undefined;
  /** The layers of it that the image takes over. */
  readonly stack?: Output | undefined;
  /** What takes the place of path dependencies, by the name of the context. */
  readonly named?: ReadonlyMap<string, Output>;
  /** What is below the project, if it was made already, and what was encoded of it. */
  readonly own?: Stack | undefined;
  readonly encoded?: EncodedVertices;
  readonly stepDefaults: StepDefaults;
  /** Whether the daemon has a capability; absent if that is not known. */
  readonly supports?: (capability: string) => boolean;
}

/** The definition that BuildKit solves to carry out a plan. */
export function definitionOf(plan: Plan, options: DefinitionOptions): Definition {
  const { place, base, seed, stack, named, own, stepDefaults, supports, encoded } = options;
  const { folders, files, excludes } = plan.application;
  const paths = [...folders, ...files].flatMap(({ from, context }) => (context === undefined ? [from] : []));
  const includes = paths.includes(".") ? [] : paths;
  const context = contextSource(place, { includes, excludes });
  const output = lower(plan, { context, base, seed, stack, own, named }, stepDefaults);
  // A constant, so that the definition is the same each time.
  const localUniqueId = place.kind === "local" && place.session === undefined ? "julia" : undefined;
  return marshal(output, { platform: plan.platform, supports, localUniqueId, encoded });
}
