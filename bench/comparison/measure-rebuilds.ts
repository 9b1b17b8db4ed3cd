import type { Files } from "../../test/engine/resolver/project-request.ts";
import { median } from "../measure.ts";
import { type Builds, withBuilds } from "./builds.ts";
import { type Case, cold, dependencyAdded, dependencyUpdated, sourceChanged, unchanged } from "./cases.ts";
import type { Contender } from "./contenders.ts";
import { cacheBytes, isRight, pushed, startUp } from "./figures.ts";
import { type BenchProject, changedAgain } from "./projects.ts";
import type { Sample } from "./results.ts";
import type { Stage } from "./stage.ts";

/** A sample for each case that was measured. */
export type Samples = ReadonlyMap<Case, Sample>;

/** The usual cases, each on top of the one before, with what changes in the project for it. */
export const rebuildsOf = (project: BenchProject): readonly (readonly [Case, Files | undefined])[] => [
  [cold, project.cold],
  [unchanged, {}],
  [sourceChanged, project.sourceChanged],
  [dependencyAdded, project.dependencyAdded],
];

/** Builds a project cold, and then after each change, on top of the one before. */
export async function measureRebuilds(
  stage: Stage,
  contender: Contender,
  project: BenchProject,
): Promise<Samples> {
  return withBuilds(stage, contender, project, async (builds) => {
    const samples = new Map<Case, Sample>();
    for (const [what, files] of [
      ...rebuildsOf(project),
      [dependencyUpdated, project.dependencyUpdated] as const,
    ]) {
      // The update is made to the project with the dependency that was added.
      const isNeeded =
        what === cold || (what === dependencyAdded && stage.settings.wants.case(dependencyUpdated.name));
      if (files === undefined || !(isNeeded || stage.settings.wants.case(what.name))) continue;
      samples.set(what, await measureOne(stage, builds, project, what, files));
    }
    return samples;
  });
}

async function measureOne(
  stage: Stage,
  builds: Builds,
  project: BenchProject,
  what: Case,
  files: Files,
): Promise<Sample> {
  const { engine, proxy } = stage;
  proxy.take();
  const times = [];
  let tag = "";
  for (let build = 0; build < (what.builds ?? 1); build++) {
    const built = await builds.build(changedAgain(files, build));
    times.push(built.seconds);
    tag = built.tag;
  }
  const seconds = median(times);
  const downloaded = proxy.take();
  const right = await isRight(engine, tag, project);
  const sample = {
    ...{ seconds, downloaded, images: 1, rightImages: right ? 1 : 0 },
    ...(await pushed(stage, tag)),
  };
  if (what !== cold) return sample;
  return {
    ...sample,
    ...(right ? { startUp: await startUp(engine, tag, project) } : {}),
    cacheBytes: await cacheBytes(engine, builds.id),
  };
}
