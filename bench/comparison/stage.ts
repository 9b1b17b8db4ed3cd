import type { Engine } from "../../test/engine/engine-client.ts";
import type { JuliaImage } from "../../test/engine/julia/julia-image.ts";
import { provideJulia } from "../../test/engine/julia/provide.ts";
import { ensureNodeImage } from "../../test/engine/node-image.ts";
import { type FreshEngine, startFreshEngine } from "../../test/engine/private-engine.ts";
import type { Surroundings } from "../frontend-spec.ts";
import { type CountingProxy, startCountingProxy } from "./counting-proxy.ts";
import { type CountingRegistry, startCountingRegistry } from "./counting-registry.ts";
import type { Settings } from "./settings.ts";

/** What all builds of a run have in common. */
export interface Stage {
  readonly engine: Engine;
  readonly surroundings: Omit<Surroundings, "id">;
  /** `host:port` of a registry that keeps what is pushed. */
  readonly registry: string;
  /** The Pkg server as the builds see it. */
  readonly proxy: CountingProxy;
  readonly sink: CountingRegistry;
  readonly settings: Settings;
  /** An engine that has the base image and nothing else; started when it is first asked for. */
  freshEngine(): Promise<Engine>;
}

/** What a stage is made of. */
export interface Setting {
  readonly engine: Engine;
  readonly julia: JuliaImage;
  readonly frontend: string;
  readonly registry: string;
  /** URL of the Pkg server itself. */
  readonly upstream: string;
  readonly settings: Settings;
}

/** Starts what counts the bytes of the builds, and stops it afterwards, with the fresh engine if there is one. */
export async function withStage(setting: Setting, use: (stage: Stage) => Promise<void>): Promise<void> {
  const { engine, julia, frontend, registry, upstream, settings } = setting;
  const proxy = await startCountingProxy(upstream);
  const sink = await startCountingRegistry();
  let fresh: FreshEngine | undefined;
  try {
    const base = `${sink.address}/base:latest`;
    await engine.docker(["tag", julia.image, base]);
    await engine.docker(["push", "--quiet", base]);
    await engine.docker(["image", "rm", base]);
    sink.rememberBase();
    await use({
      ...{ engine, registry, proxy, sink, settings },
      surroundings: { julia, server: proxy.url, frontend },
      freshEngine: async () => {
        if (fresh !== undefined) return fresh;
        fresh = await startFreshEngine(engine.store);
        await ensureNodeImage(fresh);
        await provideJulia(fresh, julia.image);
        return fresh;
      },
    });
  } finally {
    await fresh?.stop();
    await sink.stop();
    await proxy.stop();
  }
}
