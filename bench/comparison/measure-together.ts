import { withTraces } from "../traces.ts";
import { inFolder } from "./builds.ts";
import { together } from "./cases.ts";
import type { Contender } from "./contenders.ts";
import { isRight, seconds } from "./figures.ts";
import type { Samples } from "./measure-rebuilds.ts";
import type { BenchProject } from "./projects.ts";
import type { Stage } from "./stage.ts";

/** Starts the builds of several projects at once, with one cold cache for all. */
export async function measureTogether(
  stage: Stage,
  contender: Contender,
  projects: readonly BenchProject[],
): Promise<Samples> {
  return withTraces(stage.engine, stage.settings, async (id) => {
    const times: number[] = [];
    stage.proxy.take();
    // No image is looked at before all are built: that would take from the time of the others.
    const all = barrier(projects.length);
    const start = performance.now();
    const right = await Promise.all(
      projects.map((project) =>
        inFolder(stage, contender, project, id, async ({ build }) => {
          const built = await build(project.cold).then(
            ({ tag }) => tag,
            (error: Error) => failed(project, error),
          );
          times.push(seconds(start));
          await all();
          return built !== undefined && (await isRight(stage.engine, built, project));
        }),
      ),
    );
    const rightImages = right.filter(Boolean).length;
    const downloaded = stage.proxy.take();
    return new Map([
      [together, { seconds: Math.max(...times), downloaded, images: projects.length, rightImages }],
    ]);
  });
}

/** A build that fails beside others is a result, not the end of the benchmark. */
function failed({ name }: BenchProject, error: Error): undefined {
  console.log(`${name} was not built: ${error.message}`);
}

/** A function that resolves for every caller once it was called so many times. */
function barrier(count: number): () => Promise<void> {
  const { promise, resolve } = withResolvers();
  let waiting = 0;
  return () => {
    waiting += 1;
    if (waiting === count) resolve();
    return promise;
  };
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
