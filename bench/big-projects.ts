// `npm run bench:big`: how the time of planning, of a rebuild and of a build and the memory of the frontend grow with the packages
// of a manifest, the size of their artifacts, the files of the context, and the builds of one bake file. Writes docs/benchmarks/big-projects.json, the page
// docs/big-projects.md and its plots; with `--page-only`, only the last two. BENCH_PACKAGES is how many packages are built at most
// (500 without it); larger projects are planned only. BENCH_SERIES names what is measured, of packages, artifacts, files and builds, parted
// by commas; the rest stays as it was. NODE_BINARY names the node for the frontend alone.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { limitsOf } from "./big/limits.ts";
import { type BigStage, measureSize, repetitions } from "./big/measure-size.ts";
import { bigPageOf } from "./big/page.ts";
import { bigPlotsOf } from "./big/plots.ts";
import { artifactPackages, bigPackages, sizes } from "./big/projects.ts";
import { type BigPoint, type BigResults, type Series, seriesNames } from "./big/results.ts";
import { describeMachine } from "./machine.ts";
import { report } from "./measure.ts";
import { onEngine } from "./on-engine.ts";
import { withTraces } from "./traces.ts";

const allSeries = Object.keys(seriesNames) as Series[];
const wanted = allSeries.filter((name) =>
  (process.env.BENCH_SERIES ?? allSeries.join()).split(",").includes(name),
);
const docs = fileURLToPath(new URL("../docs/", import.meta.url));
const resultFile = `${docs}benchmarks/big-projects.json`;

const nothing: BigResults = { date: "", machine: "", julia: "", repetitions, points: [] };

if (!process.argv.includes("--page-only")) {
  const artifacts = wanted.includes("artifacts") ? artifactPackages() : [];
  await onEngine([...bigPackages, ...artifacts], async (engine, surroundings) => {
    const { version: julia } = surroundings.julia;
    const machine = await describeMachine(engine);
    await withTraces(engine, { keepsLayers: false }, async (id) => {
      for (const series of wanted) {
        const points = await measure({ engine, surroundings: { ...surroundings, id }, artifacts }, series);
        const others = (await readResults()).points.filter((point) => point.series !== series);
        const circumstances = { date: new Date().toISOString(), machine, julia, repetitions };
        await writeResults({ ...circumstances, points: [...others, ...points] });
      }
    });
  });
}
await writePage(await readResults());

async function readResults(): Promise<BigResults> {
  return existsSync(resultFile) ? JSON.parse(await readFile(resultFile, "utf8")) : nothing;
}

async function writeResults(results: BigResults): Promise<void> {
  await writeFile(resultFile, `${JSON.stringify(results, null, 1)}\n`);
}

async function writePage(results: BigResults): Promise<void> {
  await writeFile(`${docs}big-projects.md`, bigPageOf(results));
  for (const [name, svg] of await bigPlotsOf(results)) await writeFile(`${docs}benchmarks/${name}`, svg);
  for (const { what, value, unit, limit } of limitsOf(results)) report(what, value, unit, limit);
}

async function measure(stage: BigStage, series: Series): Promise<readonly BigPoint[]> {
  const points: BigPoint[] = [];
  for (const size of sizes[series]) {
    const point = { series, size, ...(await measureSize[series](stage, size)) };
    console.log(JSON.stringify(point));
    points.push(point);
  }
  return points;
}
