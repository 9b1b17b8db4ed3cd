// `npm run bench:concurrency`: four different projects build at once, in a cache of their own each and in one that they share
// and have to wait for. The difference is what the lock on the cache costs.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine-client.ts";
import { generatedPackages } from "../test/engine/packages/generated.ts";
import { removeCaches, timedBuild } from "../test/engine/timed-build.ts";
import type { Surroundings } from "./contenders.ts";
import { generatedProject } from "./generated-project.ts";
import { describeMachine } from "./machine.ts";
import { median } from "./measure.ts";
import { onEngine } from "./on-engine.ts";
import { writeFiles } from "./write-files.ts";

const repetitions = 3;
const dependencies = 6;
const projects = ["Alder", "Birch", "Cedar", "Doum"].map((prefix) =>
  generatedProject(dependencies, generatedPackages({ count: dependencies, prefix })),
);

await onEngine(
  projects.flatMap(({ packages }) => packages),
  async (engine, surroundings) => {
    console.log(await describeMachine(engine));
    const times = { apart: [] as number[], shared: [] as number[] };
    for (let repetition = 1; repetition <= repetitions; repetition++) {
      for (const kind of ["apart", "shared"] as const) {
        const seconds = await measure(engine, surroundings, kind === "shared");
        console.log(`${repetition}/${repetitions} ${kind}: ${seconds.toFixed(1)} s`);
        times[kind].push(seconds);
      }
    }
    const [apart, shared] = [median(times.apart), median(times.shared)];
    console.log(
      `${projects.length} projects with ${dependencies} packages each at once, median: ${apart.toFixed(1)} s with a cache each, ${shared.toFixed(1)} s with one for all (${(shared / apart).toFixed(2)}×)`,
    );
  },
);

/** Seconds until all builds that were started at once are done. */
async function measure(
  engine: Engine,
  surroundings: Omit<Surroundings, "id">,
  isShared: boolean,
): Promise<number> {
  const id = `bench-${randomBytes(4).toString("hex")}`;
  const folders = await Promise.all(
    projects.map(({ files }, index) => projectFolder(files, surroundings, id, index, isShared)),
  );
  const tag = (index: number) => `${id}-${index}`;
  try {
    const start = performance.now();
    await Promise.all(
      folders.map((folder, index) => timedBuild(engine, { folder, file: "julia.toml", tag: tag(index) })),
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
  { julia, server, frontend }: Omit<Surroundings, "id">,
  id: string,
  index: number,
  isShared: boolean,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  await writeFiles(folder, files);
  await writeFile(
    join(folder, "julia.toml"),
    `# syntax=${frontend}
julia = "${julia}"
[env]
BENCH_ID = "${id}-${index}-${isShared}"
[pkg]
server = "${server}"
[depot]
cache-id = "${id}${isShared ? "" : `-${index}`}"
`,
  );
  return folder;
}
