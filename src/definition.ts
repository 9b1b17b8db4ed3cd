import { contextSource } from "./context/local-sources.ts";
import { type Definition, marshal } from "./llb/index.ts";
import { lower } from "./lower/lower.ts";
import type { StepDefaults } from "./lower/step-defaults.ts";
import type { Plan } from "./plan/plan.ts";

export interface DefinitionOptions {
  /** Of the client whose folder is the build context; `undefined` for whoever will build the definition. */
  readonly session: string | undefined;
  readonly stepDefaults: StepDefaults;
  /** Whether the daemon has a capability; absent if that is not known. */
  readonly supports?: (capability: string) => boolean;
}

/** The definition that BuildKit solves to carry out a plan. */
export function definitionOf(plan: Plan, { session, stepDefaults, supports }: DefinitionOptions): Definition {
  const { folders, files, excludes } = plan.application;
  const paths = [...folders, ...files].map(({ from }) => from);
  const includes = paths.includes(".") ? [] : paths;
  const context = contextSource({ session, includes, excludes });
  const output = lower(plan, { context }, stepDefaults);
  // A constant, so that the definition is the same each time.
  const localUniqueId = session === undefined ? "julia" : undefined;
  return marshal(output, { platform: plan.platform, supports, localUniqueId });
}
