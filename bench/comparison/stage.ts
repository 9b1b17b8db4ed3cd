import type { Engine } from "../../test/engine/engine-client.ts";
import type { Surroundings } from "../frontend-spec.ts";
import type { CountingProxy } from "./counting-proxy.ts";
import type { CountingRegistry } from "./counting-registry.ts";
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
