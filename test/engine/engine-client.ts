import { CommandFailed, type CommandOptions, type CommandResult, run } from "./command.ts";

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

const lostSnapshot = /parent snapshot sha256:[0-9a-f]{64} does not exist: not found/;

/**
 * Docker's containerd store at times removes a layer that the image needs which it unpacks, when an image is replaced
 * (moby/buildkit #6521). The build itself is done then: it is asked for once more, for its image, and the first log counts.
 */
export async function exportedAgain(build: () => Promise<CommandResult>): Promise<CommandResult> {
  const first = await build();
  if (first.code === 0 || !lostSnapshot.test(first.stderr)) return first;
  console.warn("The engine lost a layer while it unpacked the image (moby/buildkit #6521); asking again.");
  const second = await build();
  return second.code === 0 ? { ...first, code: 0 } : second;
}

/** An engine at an address; `stop` is what ending it means, and is left out for an engine that is not ours. */
export function engineAt(address: EngineAddress, stop?: () => Promise<void>): Engine {
  return {
    ...address,
    owned: stop !== undefined,
    docker: async (args, options = {}) => {
      const environment = { ...address.environment, ...options.environment };
      const result = await exportedAgain(() => run(address.client, args, { ...options, environment }));
      if (result.code !== 0 && options.check !== false) throw new CommandFailed(address.client, args, result);
      return result;
    },
    stop: stop ?? (async () => {}),
  };
}
