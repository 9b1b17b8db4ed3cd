import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { ensureBaseImages } from "../engine/base-images.ts";
import { engineAvailable } from "../engine/engine.ts";
import { type Engine, engineAt, type ImageStore } from "../engine/engine-client.ts";
import { startFreshEngine } from "../engine/private-engine.ts";

const available = await engineAvailable();

/** An engine that has built before, and one without any state but the base images; the registry is all they share. */
export interface EnginePair {
  readonly engine: Engine;
  readonly store: ImageStore;
  readonly fresh: () => Engine;
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
  for (const store of stores) {
    const canBeFresh = available.kind === "private" && available.stores.includes(store);
    const title = `${name}, on the ${store} store (needs an engine of our own that can start without any state)`;
    describe.skipIf(!canBeFresh)(title, () => {
      let fresh: Engine | undefined;
      beforeAll(async () => {
        fresh = await startFreshEngine(store);
        await ensureBaseImages(fresh, fileURLToPath(new URL("../../Dockerfile.frontend", import.meta.url)));
      });
      afterAll(() => fresh?.stop());
      const address = inject("endToEnd").engines.find((each) => each.store === store);
      // Without one the suite is skipped, but its tests are collected all the same.
      const engine = address === undefined ? (undefined as never) : engineAt(address);
      suite({
        engine,
        store,
        fresh: () => {
          if (fresh === undefined) throw new Error("the fresh engine was not started");
          return fresh;
        },
      });
    });
  }
}
