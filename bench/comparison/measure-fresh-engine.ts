import type { Engine } from "../../test/engine/engine-client.ts";
import { withTraces } from "../traces.ts";
import { inFolder } from "./builds.ts";
import { freshEngine } from "./cases.ts";
import { type Contender, seededFrontend } from "./contenders.ts";
import { isRight, seconds } from "./figures.ts";
import type { Samples } from "./measure-rebuilds.ts";
import type { BenchProject } from "./projects.ts";
import type { Sample } from "./results.ts";
import type { Stage } from "./stage.ts";

/** Adds a dependency on an engine that has nothing but the base image, as a CI runner that is thrown away. */
export async function measureFreshEngine(
  stage: Stage,
  contender: Contender,
  project: BenchProject,
): Promise<Samples> {
  const fresh = await stage.freshEngine();
  return withTraces(stage.engine, stage.settings, async (id) => {
    const isSeeded = contender.name === seededFrontend.name;
    const seed = `${stage.registry}/${id}:latest`;
    if (isSeeded) await pushSeed(stage, contender, project, id, seed);
    await fresh.docker(["buildx", "prune", "--all", "--force"]);
    const sample = await inFolder(
      { ...stage, engine: fresh },
      contender,
      project,
      id,
      async ({ build }): Promise<Sample> => {
        stage.proxy.take();
        const args = isSeeded ? [`--build-context=depot-seed=docker-image://${seed}`] : [];
        const { seconds: time, tag } = await build({ ...project.cold, ...project.dependencyAdded }, args);
        const downloaded = stage.proxy.take();
        const right = await isRight(fresh, tag, project);
        return { seconds: time, downloaded, images: 1, rightImages: right ? 1 : 0 };
      },
    );
    const pull = isSeeded ? { pull: await pullTime(fresh, seed) } : {};
    return new Map([[freshEngine, { ...sample, ...pull }]]);
  });
}

/** The cold build, pushed. */
async function pushSeed(
  stage: Stage,
  contender: Contender,
  project: BenchProject,
  id: string,
  seed: string,
): Promise<void> {
  await inFolder(stage, contender, project, id, async ({ build }) => {
    const { tag } = await build(project.cold);
    await stage.engine.docker(["tag", tag, seed]);
    await stage.engine.docker(["push", "--quiet", seed]);
    await stage.engine.docker(["image", "rm", seed], { check: false });
  });
}

/** Seconds of a pull of the seed, once nothing of it is left. */
async function pullTime(fresh: Engine, seed: string): Promise<number> {
  await fresh.docker(["buildx", "prune", "--all", "--force"]);
  const start = performance.now();
  await fresh.docker(["pull", "--quiet", seed]);
  const time = seconds(start);
  await fresh.docker(["image", "rm", "--force", seed]);
  return time;
}
