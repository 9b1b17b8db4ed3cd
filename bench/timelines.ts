// `npm run bench:timelines`: where the time of a build goes, step by step, for this frontend and for the shared-cache Dockerfile.
// Writes docs/benchmarks/timelines.json, the page docs/timelines.md and its pictures; with `--page-only`, only the last two. The
// variables are those of `npm run bench:all`; a project that is measured replaces what was there of it.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Builds, withBuilds } from "./comparison/builds.ts";
import { type Contender, frontend, sharedCache } from "./comparison/contenders.ts";
import { rebuildsOf } from "./comparison/measure-rebuilds.ts";
import { type BenchProject, generatedCatalogue } from "./comparison/projects.ts";
import { resolveProject } from "./comparison/resolve-project.ts";
import { settingsFrom } from "./comparison/settings.ts";
import { type Stage, withStage } from "./comparison/stage.ts";
import { type Subject, subjectsFor } from "./comparison/subjects.ts";
import { describeMachine } from "./machine.ts";
import { onEngine } from "./on-engine.ts";
import { timelinePageOf } from "./timeline/page.ts";
import { timelinePlotsOf } from "./timeline/plots.ts";
import { readTimeline } from "./timeline/read-timeline.ts";
import { mergedTimelines, type Timeline, type Timelines } from "./timeline/results.ts";

const docs = join(import.meta.dirname, "../docs");
const resultFile = join(docs, "benchmarks/timelines.json");
const settings = settingsFrom(process.env);

if (!process.argv.includes("--page-only")) await measureAll();
await writePage(await readResults());

async function measureAll(): Promise<void> {
  const subjects = subjectsFor(settings).filter(({ kind }) => kind === "one");
  await onEngine(generatedCatalogue(), async (engine, { server, frontend: image }, registry, julias) => {
    for (const julia of julias) {
      for (const subject of subjects) {
        const upstream = subject.real.length > 0 ? (settings.server ?? server) : server;
        await withStage({ engine, julia, frontend: image, registry, upstream, settings }, (stage) =>
          measureSubject(stage, subject),
        );
      }
    }
  });
}

async function measureSubject(stage: Stage, { name, generated, real }: Subject): Promise<void> {
  const { engine, surroundings } = stage;
  const resolved = real.map((project) => resolveProject(engine, surroundings, project));
  const [project] = [...generated, ...(await Promise.all(resolved))];
  if (project === undefined) throw new Error(`no project ${name}`);
  const timelines: Timeline[] = [];
  for (const contender of [sharedCache, frontend]) {
    timelines.push(...(await measureContender(stage, contender, project)));
  }
  const results = mergedTimelines(await readResults(), timelines);
  await writeFile(resultFile, `${JSON.stringify(results, null, 1)}\n`);
}

/** One build for each case, each on top of the one before. */
async function measureContender(
  stage: Stage,
  contender: Contender,
  project: BenchProject,
): Promise<readonly Timeline[]> {
  const machine = await describeMachine(stage.engine);
  const circumstances = { julia: stage.surroundings.julia.version, project: project.name, machine };
  return withBuilds(stage, contender, project, async (builds) => {
    const timelines: Timeline[] = [];
    for (const [what, files] of rebuildsOf(project)) {
      if (files === undefined) continue;
      const { seconds, spans } = await measureOne(builds, files);
      const date = new Date().toISOString();
      timelines.push({ ...circumstances, case: what.name, contender: contender.name, date, seconds, spans });
      console.log(`${project.name}, ${contender.name}, ${what.name}: ${seconds.toFixed(1)} s`);
    }
    return timelines;
  });
}

async function measureOne(builds: Builds, files: NonNullable<BenchProject["sourceChanged"]>) {
  const { seconds, began, log } = await builds.build(files, ["--progress=rawjson"]);
  // The name of the cache is another in each run.
  return { seconds, spans: readTimeline(log.replaceAll(builds.id, "bench"), began, seconds) };
}

async function readResults(): Promise<Timelines> {
  if (!existsSync(resultFile)) return { timelines: [] };
  return JSON.parse(await readFile(resultFile, "utf8")) as Timelines;
}

async function writePage(results: Timelines): Promise<void> {
  await writeFile(join(docs, "timelines.md"), timelinePageOf(results));
  for (const [name, svg] of await timelinePlotsOf(results)) {
    await writeFile(join(docs, "benchmarks", name), svg);
  }
}
