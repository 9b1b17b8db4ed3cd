import { engineAvailable, startEngine } from "./engine.ts";
import type { Engine, ImageStore } from "./engine-client.ts";
import type { JuliaImage } from "./julia/julia-image.ts";
import { provideJulias } from "./julia/provide.ts";
import { ensureNodeImage } from "./node-image.ts";
import { privateEngineRuns } from "./private-engine.ts";
import { type Registry, registryRuns, startRegistry } from "./registry.ts";

/** What a build of ours needs around it: engines with the base images, and a registry on the loopback. */
export interface Surroundings {
  readonly engines: readonly Engine[];
  /** Images that every engine has, the newest Julia first. There may be none where nothing can be pulled. */
  readonly julias: readonly JuliaImage[];
  readonly registry: Registry;
  /** Stops what was started for these surroundings; what ran before goes on running. */
  stop(): Promise<void>;
}

export interface WantedSurroundings {
  readonly store?: ImageStore;
  /** Whether one version of Julia is enough. */
  readonly newestAlone?: boolean;
}

/** Starts an engine of every image store that can be had here, or of the one that is asked for. */
export async function startSurroundings(wanted: WantedSurroundings = {}): Promise<Surroundings> {
  const available = await engineAvailable();
  if (available.kind === "none") throw new Error(available.reason);
  const stores = available.stores.filter((store) => wanted.store === undefined || store === wanted.store);
  const started: { stop(): Promise<void> }[] = [];
  const engines: Engine[] = [];
  for (const store of stores) {
    const wasRunning = await privateEngineRuns(store);
    const engine = await startEngine({ store });
    if (engine.owned && !wasRunning) started.push(engine);
    await ensureNodeImage(engine);
    engines.push(engine);
  }
  const [first, ...others] = engines;
  if (first === undefined) throw new Error(`no engine with the ${wanted.store} store can be had here`);
  const julias = await provideJulias([first, ...others], wanted);
  const registryWasRunning = await registryRuns();
  const registry = await startRegistry(first);
  if (!registryWasRunning) started.push(registry);
  const stop = async (): Promise<void> => {
    for (const part of started.reverse()) await part.stop();
  };
  return { engines, julias, registry, stop };
}

/** Runs `use` with one engine, its Julias and a registry, and stops afterwards what it had to start. */
export async function withEngine<T>(
  wanted: { readonly store?: ImageStore },
  use: (engine: Engine, registry: Registry, julias: readonly JuliaImage[]) => Promise<T>,
): Promise<T> {
  const { engines, registry, julias, stop } = await startSurroundings(wanted);
  try {
    return await use(engines[0] as Engine, registry, julias);
  } finally {
    await stop();
  }
}

export function newestOf([newest]: readonly JuliaImage[]): JuliaImage {
  if (newest === undefined) throw new Error("no Julia can be had here; name an image in JULIA_IMAGES");
  return newest;
}
