import { type CommandOptions, type CommandResult, run, runChecked } from "./command.ts";

/** Where an engine keeps images: Docker's own graph driver, or containerd with snapshots. */
export type ImageStore = "overlay2" | "containerd";

export interface Engine {
  readonly store: ImageStore;
  /** Value for DOCKER_HOST. */
  readonly host: string;
  /** False for a Docker that the user runs: it is used, never stopped. */
  readonly owned: boolean;
  /** The docker client's program file. */
  readonly client: string;
  /** The environment in which `docker` reaches this engine and no other. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Runs the docker client; throws on a code other than 0 unless `check` is false. */
  docker(args: readonly string[], options?: DockerOptions): Promise<CommandResult>;
  stop(): Promise<void>;
}

export interface DockerOptions extends CommandOptions {
  readonly check?: boolean;
}

/** How to reach an engine, before anything is known about whether it answers. */
export interface EngineAddress {
  readonly store: ImageStore;
  readonly host: string;
  readonly client: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** An engine at an address; `stop` is what ending it means, and is left out for an engine that is not ours. */
export function engineAt(address: EngineAddress, stop?: () => Promise<void>): Engine {
  return {
    ...address,
    owned: stop !== undefined,
    docker: (args, options = {}) => {
      const environment = { ...address.environment, ...options.environment };
      return (options.check === false ? run : runChecked)(address.client, args, { ...options, environment });
    },
    stop: stop ?? (async () => {}),
  };
}
