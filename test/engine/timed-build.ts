import { readSteps, type Step } from "../e2e/build-log.ts";
import type { Engine } from "./engine-client.ts";

export interface TimedBuild {
  /** Wall time of the whole `docker buildx build`. */
  readonly seconds: number;
  readonly steps: readonly Step[];
  /** All that was printed. */
  readonly log: string;
}

export interface TimedBuildOptions {
  /** The build context. */
  readonly folder: string;
  /** Spec or Dockerfile, relative to the folder. */
  readonly file: string;
  /** The name under which the image is loaded into the engine; without it, it is built only. */
  readonly tag?: string;
  readonly args?: readonly string[];
}

/** Runs stock `docker buildx build`, and loads the image into the engine if it gets a name; throws with the log if that fails. */
export async function timedBuild(engine: Engine, options: TimedBuildOptions): Promise<TimedBuild> {
  const { folder, file, tag, args = [] } = options;
  const start = performance.now();
  const { stdout, stderr } = await engine.docker(
    [
      ...["buildx", "build", "--progress=plain", "--network=host", "-f", file],
      ...(tag === undefined ? ["--output=type=cacheonly"] : ["--load", "-t", tag]),
      ...[...args, "."],
    ],
    { cwd: folder },
  );
  const seconds = (performance.now() - start) / 1000;
  const log = `${stdout}${stderr}`;
  return { seconds, steps: readSteps(log), log };
}

/** Removes the cache mounts whose id contains `mark` (letters, digits and dashes) from the builder. */
export async function removeCaches(engine: Engine, mark: string): Promise<void> {
  await engine.docker(["buildx", "prune", "--force", "--filter", `description~=${mark}`], { check: false });
}
