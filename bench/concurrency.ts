// `npm run bench:concurrency`: four different projects build at once, in a cache of their own each and in one that they share
// and have to wait for. The difference is what the lock on the cache costs. What is compiled while holding it is compiled
// with all processors; the last way shows what that saves.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine-client.ts";
import { generatedPackages } from "../test/engine/packages/generated.ts";
import { removeCaches, timedBuild } from "../test/engine/timed-build.ts";
import { frontendSpec, type Surroundings, specFile } from "./frontend-spec.ts";
import { generatedProject } from "./generated-project.ts";
import { describeMachine } from "./machine.ts";
import { median } from "./measure.ts";
import { onEngine } from "./on-engine.ts";
import { writeFiles } from "./write-files.ts";

const repetitions = 3;
const dependencies = 10;
const projects = ["Alder", "Birch", "Cedar", "Doum"].map((prefix) =>
  generatedProject(dependencies, generatedPackages({ count: dependencies, prefix })),
);

interface Way {
  readonly name: string;
  readonly isShared: boolean;
  /** Further lines of the spec. */
  readonly spec: string;
}

const ways: readonly [Way, ...Way[]] = [
  { name: "a cache each", isShared: false, spec: "" },
  { name: "one cache for all", isShared: true, spec: "" },
  { name: "one cache, one package at a time", isShared: true, spec: "[precompile]\ntasks = 1\n" },
];

await onEngine(
  projects.flatMap(({ packages }) => packages),
  async (engine, surroundings) => {
    console.log(await describeMachine(engine));
    const times = ways.map((): number[] => []);
    for (let repetition = 1; repetition <= repetitions; repetition++) {
      for (const [index, way] of ways.entries()) {
        const seconds = await measure(engine, surroundings, way);
        console.log(`${repetition}/${repetitions} ${way.name}: ${seconds.toFixed(1)} s`);
        times[index]?.push(seconds);
      }
    }
    const medians = times.map(median);
    console.log(`${projects.length} projects with ${dependencies} packages each at once, median:`);
    for (const [index, { name }] of ways.entries()) {
      const [first = 0, own = 0] = [medians[0], medians[index]];
      console.log(`  ${name}: ${own.toFixed(1)} s (${(own / first).toFixed(2)}×)`);
    }
  },
);

/** Seconds until all builds that were started at once are done. */
async function measure(engine: Engine, surroundings: Omit<Surroundings, "id">, way: Way): Promise<number> {
  const id = `bench-${randomBytes(4).toString("hex")}`;
  const tag = (index: number) => `${id}-${index}`;
  const folders = await Promise.all(
    projects.map(({ files }, index) =>
      projectFolder(files, { ...surroundings, id: way.isShared ? id : tag(index) }, way.spec),
    ),
  );
  try {
    const start = performance.now();
    await Promise.all(
      folders.map((folder, index) => timedBuild(engine, { folder, file: specFile, tag: tag(index) })),
    );
    return (performance.now() - start) / 1000;
  } finally {
    await engine.docker(["image", "rm", "--force", ...folders.map((_, index) => tag(index))], {
      check: false,
    });
    await removeCaches(engine, id);
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
}

async function projectFolder(
  files: Readonly<Record<string, string>>,
  surroundings: Surroundings,
  spec: string,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  await writeFiles(folder, files);
  await writeFile(join(folder, specFile), `${frontendSpec(surroundings)}${spec}`);
  return folder;
}
