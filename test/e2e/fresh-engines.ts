import { afterAll, beforeAll, describe, inject } from "vitest";
import { engineAvailable } from "../engine/engine.ts";
import { type Engine, engineAt, type ImageStore } from "../engine/engine-client.ts";
import { provideJulia } from "../engine/julia/provide.ts";
import { ensureNodeImage } from "../engine/node-image.ts";
import { type FreshEngine, startFreshEngine } from "../engine/private-engine.ts";
import { combinations } from "./coverage.ts";
import { type Julia, juliaOf } from "./julia.ts";
import { titleOf } from "./suites.ts";

const available = await engineAvailable();

/** An engine that has built before, and one without any state but the base images; the registry is all they share. */
export interface EnginePair {
  readonly engine: Engine;
  readonly store: ImageStore;
  readonly julia: Julia;
  readonly fresh: () => FreshEngine;
}

/**
 * Runs a suite for each of these image stores with an engine that has seen nothing, as a CI runner that is thrown away. A
 * Docker that the user runs cannot be had a second time without state: then the suite is skipped.
 */
export function describeOnFreshEngines(
  name: string,
  stores: readonly ImageStore[],
  suite: (engines: EnginePair) => void,
): void {
  const { engines, julias } = inject("endToEnd");
  const wanted = { julias, engines: engines.filter(({ store }) => stores.includes(store)) };
  const title = `${name} (needs an engine of our own that can start without any state)`;
  describe.skipIf(available.kind !== "private" || wanted.engines.length === 0)(title, () => {
    for (const { julia, engine } of combinations(wanted, "one Julia")) {
      describe(titleOf(julia, engine), () => {
        let fresh: FreshEngine | undefined;
        beforeAll(async () => {
          fresh = await startFreshEngine(engine.store);
          await ensureNodeImage(fresh);
          await provideJulia(fresh, julia.image);
        });
        afterAll(() => fresh?.stop());
        suite({
          engine: engineAt(engine),
          store: engine.store,
          julia: juliaOf(julia),
          fresh: () => {
            if (fresh === undefined) throw new Error("the fresh engine was not started");
            return fresh;
          },
        });
      });
    }
  });
}
