// `npm run bench:first-request`: how long a container takes to its first answer and to its second, of the plain image, of the image
// with a workload, of one with that and without the packages' own workloads, and of one with a system image that PackageCompiler made
// of the same workload; and what each costs to build and to keep. BENCH_PKG_SERVER names a Pkg server that has HTTP, JSON3, CSV,
// DataFrames and PackageCompiler; without it the projects use the standard libraries alone, and there are the first two images only.
// JULIA_IMAGES names the Julia, BENCH_RUNS the starts of each image, BENCH_PROJECTS those of the projects that are measured.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine-client.ts";
import { STANDARD_PACKAGES } from "../test/engine/packages/standard.ts";
import { removeCaches, timedBuild } from "../test/engine/timed-build.ts";
import { type Answers, askedOnce } from "./first-request/answers.ts";
import {
  type BenchProject,
  manifestOf,
  ownProjects,
  projectFiles,
  realProjects,
} from "./first-request/projects.ts";
import { type Way, waysFor } from "./first-request/ways.ts";
import type { Surroundings } from "./frontend-spec.ts";
import { describeMachine } from "./machine.ts";
import { median, report } from "./measure.ts";
import { onEngine } from "./on-engine.ts";
import { writeFiles } from "./write-files.ts";

const realServer = process.env.BENCH_PKG_SERVER;
const runs = Number(process.env.BENCH_RUNS ?? 5);
const named = process.env.BENCH_PROJECTS?.split(",");

/** Seconds to a first answer after which an image is not started again: it is far from the others anyway. */
const slow = 20;

interface Measured extends Answers {
  /** Seconds of the step that installs and compiles the dependencies; 0 where a way before has done the same. */
  readonly dependencies: number;
  /** Seconds of the step that does what makes the first answer fast. */
  readonly step: number;
  /** Bytes that the image has for it. */
  readonly bytes: number;
}

await onEngine(STANDARD_PACKAGES, async (engine, { server, ...surroundings }) => {
  const available = { ...surroundings, server: realServer ?? server };
  console.log(`\nJulia ${surroundings.julia.version}, median of ${runs}. ${await describeMachine(engine)}`);
  const projects = realServer === undefined ? ownProjects : realProjects;
  for (const project of projects.filter(({ name }) => named?.includes(name) ?? true)) {
    console.log(`\n${project.what}\n\n| | dependencies | step | its files | first answer | second answer |`);
    console.log("| --- | ---: | ---: | ---: | ---: | ---: |");
    judge(await measureProject(engine, available, project));
  }
});

async function measureProject(
  engine: Engine,
  surroundings: Omit<Surroundings, "id">,
  project: BenchProject,
): Promise<ReadonlyMap<string, Measured>> {
  const id = `bench-${randomBytes(4).toString("hex")}`;
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  const given = projectFiles(project.name);
  const tags: string[] = [];
  try {
    await writeFiles(folder, given);
    const files = { ...given, "Manifest.toml": await manifestOf(engine, folder, surroundings) };
    const results = new Map<string, Measured>();
    for (const way of waysFor({ ...surroundings, id }, files, realServer !== undefined)) {
      const tag = `${id}-${tags.length}`;
      tags.push(tag);
      const context = join(folder, tag);
      await writeFiles(context, { ...files, ...way.changed, [way.file]: way.text });
      const built = await buildWay(engine, context, way, tag);
      const measured = { ...built, ...(await answersOf(engine, tag, project)) };
      results.set(way.name, measured);
      console.log(row(way, measured));
    }
    return results;
  } finally {
    for (const tag of tags) await engine.docker(["image", "rm", "--force", tag], { check: false });
    await removeCaches(engine, id);
    await rm(folder, { recursive: true, force: true });
  }
}

async function buildWay(
  engine: Engine,
  folder: string,
  { file, args, dependencyStep, step, paths }: Way,
  tag: string,
): Promise<Pick<Measured, "dependencies" | "step" | "bytes">> {
  const { steps } = await timedBuild(engine, { folder, file, tag, args });
  const secondsOf = (part: string): number => {
    const found = steps.find(({ name }) => name.includes(part));
    if (found === undefined) throw new Error(`no step of the build has ${part} in its name`);
    return found.seconds;
  };
  const du = ["run", "--rm", "--network=none", "--user=0", "--entrypoint=du", tag, "-scb", ...paths];
  const total = (await engine.docker(du)).stdout.trim().split("\n").at(-1);
  const bytes = Number(total?.split("\t")[0]);
  return { dependencies: secondsOf(dependencyStep), step: secondsOf(step), bytes };
}

async function answersOf(engine: Engine, image: string, { isService }: BenchProject): Promise<Answers> {
  const answers: Answers[] = [];
  for (let run = 0; run < runs && (answers[0]?.first ?? 0) < slow; run++)
    answers.push(await askedOnce(engine, image, isService));
  return {
    first: median(answers.map(({ first }) => first)),
    second: median(answers.map(({ second }) => second)),
  };
}

function row({ name }: Way, { dependencies, step, bytes, first, second }: Measured): string {
  const cells = [
    name,
    dependencies === 0 ? "the same" : `${dependencies.toFixed(1)} s`,
    `${step.toFixed(1)} s`,
    `${(bytes / 1e6).toFixed(1)} MB`,
    `${first.toFixed(2)} s`,
    `${second.toFixed(3)} s`,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** What a workload adds, beside what the system image costs. */
function judge(results: ReadonlyMap<string, Measured>): void {
  const [plain, workload, alone, sysimage] = ["plain", "workload", "workload alone", "sysimage"].map((name) =>
    results.get(name),
  );
  if (plain === undefined || workload === undefined || sysimage === undefined) return;
  console.log("");
  report("first answer, to the system image's", workload.first / sysimage.first, "times", 1.3);
  if (alone !== undefined) report("the same, workload alone", alone.first / sysimage.first, "times", 1.3);
  report(
    "build time added, to the system image's",
    (workload.step - plain.step) / sysimage.step,
    "times",
    0.2,
  );
  report("size added, to the system image's", (workload.bytes - plain.bytes) / sysimage.bytes, "times", 0.2);
}
