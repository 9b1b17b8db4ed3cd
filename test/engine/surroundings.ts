import { fileURLToPath } from "node:url";
import { ensureBaseImages } from "./base-images.ts";
import { engineAvailable, startEngine } from "./engine.ts";
import type { Engine, ImageStore } from "./engine-client.ts";
import { privateEngineRuns } from "./private-engine.ts";
import { type Registry, registryRuns, startRegistry } from "./registry.ts";

/** What a build of ours needs around it: engines with the base images, and a registry on the loopback. */
export interface Surroundings {
  readonly engines: readonly Engine[];
  readonly registry: Registry;
  /** Stops what was started for these surroundings; what ran before goes on running. */
  stop(): Promise<void>;
}

/** Starts an engine of every image store that can be had here, or of the one that is asked for. */
export async function startSurroundings(wanted: { readonly store?: ImageStore } = {}): Promise<Surroundings> {
  const available = await engineAvailable();
  if (available.kind === "none") throw new Error(available.reason);
  const stores = available.stores.filter((store) => wanted.store === undefined || store === wanted.store);
  const started: { stop(): Promise<void> }[] = [];
  const engines: Engine[] = [];
  for (const store of stores) {
    const wasRunning = await privateEngineRuns(store);
    const engine = await startEngine({ store });
    if (engine.owned && !wasRunning) started.push(engine);
    await ensureBaseImages(engine, frontendDockerfile());
    engines.push(engine);
  }
  const [first] = engines;
  if (first === undefined) throw new Error(`no engine with the ${wanted.store} store can be had here`);
  const registryWasRunning = await registryRuns();
  const registry = await startRegistry(first);
  if (!registryWasRunning) started.push(registry);
  const stop = async (): Promise<void> => {
    for (const part of started.reverse()) await part.stop();
  };
  return { engines, registry, stop };
}

/** Runs `use` with one engine and a registry, and stops afterwards what it had to start. */
export async function withEngine<T>(
  wanted: { readonly store?: ImageStore },
  use: (engine: Engine, registry: Registry) => Promise<T>,
): Promise<T> {
  const surroundings = await startSurroundings(wanted);
  try {
    return await use(surroundings.engines[0] as Engine, surroundings.registry);
  } finally {
    await surroundings.stop();
  }
}

function frontendDockerfile(): string {
  return fileURLToPath(new URL("../../Dockerfile.frontend", import.meta.url));
}
