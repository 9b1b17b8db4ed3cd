import { describe, inject } from "vitest";
import type { Abilities } from "../engine/engine-abilities.ts";
import { type Engine, engineAt } from "../engine/engine-client.ts";
import { type Breadth, combinations } from "./coverage.ts";
import { type Julia, juliaOf } from "./julia.ts";

export type Suite = (engine: Engine, can: Abilities, julia: Julia) => void;

/** The name under which the closing lines of a run find what was tested with which Julia. */
export function titleOf(julia: { readonly version: string }, engine: { readonly store: string }): string {
  return `with Julia ${julia.version} on the ${engine.store} store`;
}

/** Runs a suite on the engines of this machine, one for each image store, and its Julias, as far as coverage.ts says. */
export function describeOnEngines(name: string, suite: Suite, breadth: Breadth = "one Julia"): void {
  const surroundings = inject("endToEnd");
  describe.skipIf(surroundings.unavailable !== undefined)(name, () => {
    for (const { julia, engine } of combinations(surroundings, breadth)) {
      describe(titleOf(julia, engine), () => suite(engineAt(engine), engine.can, juliaOf(julia)));
    }
  });
}

/** Runs a suite that is about what differs between versions of Julia, on all of them. */
export function describeOnEveryJulia(name: string, suite: Suite): void {
  describeOnEngines(name, suite, "every Julia");
}
