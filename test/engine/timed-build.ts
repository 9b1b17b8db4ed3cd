import { readSteps, type Step } from "../e2e/build-log.ts";
import type { Engine } from "./engine-client.ts";

export interface TimedBuild {
  /** Wall time of the whole `docker buildx build`. */
  readonly seconds: number;
  readonly steps: readonly Step[];
}

export interface TimedBuildOptions {
  /** The build context. */
  readonly folder: string;
  /** Spec or Dockerfile, relative to the folder. */
  readonly file: string;
  readonly tag: string;
  readonly args?: readonly string[];
}

/** Runs stock `docker buildx build` and loads the image into the engine; throws with the log if that fails. */
export async function timedBuild(engine: Engine, options: TimedBuildOptions): Promise<TimedBuild> {
  const { folder, file, tag, args = [] } = options;
  const start = performance.now();
  const { stdout, stderr } = await engine.docker(
    [
      ...["buildx", "build", "--progress=plain", "--network=host", "--load"],
      ...["-f", file, "-t", tag, ...args, "."],
    ],
    { cwd: folder },
  );
  return { seconds: (performance.now() - start) / 1000, steps: readSteps(`${stdout}${stderr}`) };
}

/** Removes the cache mounts whose id contains `mark` (letters, digits and dashes) from the builder. */
export async function removeCaches(engine: Engine, mark: string): Promise<void> {
  await engine.docker(["buildx", "prune", "--force", "--filter", `description~=${mark}`], { check: false });
}
