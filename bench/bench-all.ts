// `npm run bench:all`: builds projects in all ways, in turn and in one run, and writes docs/benchmarks.md with its plots. What is
// measured replaces what docs/benchmarks/results.json has of it; the rest stays. docs/benchmarks.md says which variables choose.
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Case } from "./comparison/cases.ts";
import { pageOf } from "./comparison/page.ts";
import { plotsOf } from "./comparison/plots.ts";
import { generatedCatalogue } from "./comparison/projects.ts";
import { withReadmePlot } from "./comparison/readme.ts";
import { resolveProject } from "./comparison/resolve-project.ts";
import { type Measurement, merged, type Results, type Sample } from "./comparison/results.ts";
import { type Settings, settingsFrom } from "./comparison/settings.ts";
import { type Stage, withStage } from "./comparison/stage.ts";
import { type Subject, subjectsFor } from "./comparison/subjects.ts";
import { type Suite, suites } from "./comparison/suites.ts";
import { describeMachine } from "./machine.ts";
import { onEngine } from "./on-engine.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "docs/benchmarks");
const resultFile = join(folder, "results.json");
const settings = settingsFrom(process.env);

await mkdir(folder, { recursive: true });
if (!process.argv.includes("--page-only")) await measureAll(settings);
await writePage(await readResults());

async function measureAll(settings: Settings): Promise<void> {
  await onEngine(generatedCatalogue(), async (engine, { server, frontend }, registry, julias) => {
    for (const julia of julias) {
      for (const subject of subjectsFor(settings)) {
        const upstream = subject.real.length > 0 ? (settings.server ?? server) : server;
        await withStage({ engine, julia, frontend, registry, upstream, settings }, (stage) =>
          measureSubject(stage, subject),
        ).catch((error: Error) => failed(`Julia ${julia.version}, ${subject.name}`, error));
      }
    }
  });
}

/** What cannot be measured does not keep the rest from it: a project may have no versions that fit an older Julia, say. */
function failed(place: string, error: Error): void {
  console.error(`${place} failed: ${error.message}`);
  process.exitCode = 1;
}

async function measureSubject(stage: Stage, { name, kind, generated, real }: Subject): Promise<void> {
  const wanted = suites.filter(
    (suite) => suite.kind === kind && suite.cases.some((each) => stage.settings.wants.case(each.name)),
  );
  if (wanted.length === 0) return;
  const resolved = [];
  for (const project of real) resolved.push(await resolveProject(stage.engine, stage.surroundings, project));
  for (const suite of wanted) {
    const samples = await measureSuite(stage, suite, name, [...generated, ...resolved]);
    const machine = await describeMachine(stage.engine);
    await addResults(stage, name, machine, samples);
  }
}

type Collected = ReadonlyMap<Case, ReadonlyMap<string, readonly Sample[]>>;

/** In turn, so that a machine that grows slower or faster meanwhile does so for everyone. */
async function measureSuite(
  stage: Stage,
  suite: Suite,
  name: string,
  projects: Parameters<Suite["measure"]>[2],
): Promise<Collected> {
  const { repetitions, wants } = stage.settings;
  const collected = new Map(suite.cases.map((each) => [each, new Map<string, Sample[]>()]));
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    for (const contender of suite.contenders.filter((each) => wants.contender(each.name))) {
      const place = `Julia ${stage.surroundings.julia.version}, ${name}, ${repetition}/${repetitions}, ${contender.name}`;
      const samples = await suite.measure(stage, contender, projects).catch((error: Error) => {
        failed(place, error);
        return new Map<Case, Sample>();
      });
      for (const [each, sample] of samples) {
        const those = collected.get(each) ?? new Map<string, Sample[]>();
        those.set(contender.name, [...(those.get(contender.name) ?? []), sample]);
      }
      const texts = [...samples].map(([each, { seconds }]) => `${each.name} ${seconds.toFixed(1)} s`);
      console.log(`${place}: ${texts.join(", ")}`);
    }
  }
  return collected;
}

async function addResults(stage: Stage, project: string, machine: string, samples: Collected): Promise<void> {
  const date = new Date().toISOString();
  const julia = stage.surroundings.julia.version;
  const measurements: Measurement[] = [];
  for (const [each, byContender] of samples) {
    if (!stage.settings.wants.case(each.name)) continue;
    for (const [contender, own] of byContender) {
      const others = each.name.includes("full cache") ? { others: stage.settings.others } : {};
      measurements.push({
        julia,
        project,
        case: each.name,
        contender,
        date,
        machine,
        ...others,
        samples: own,
      });
    }
  }
  const results = merged(await readResults(), measurements);
  await writeFile(resultFile, `${JSON.stringify(results, null, 1)}\n`);
  await writePage(results);
}

async function readResults(): Promise<Results> {
  if (!existsSync(resultFile)) return { measurements: [] };
  return JSON.parse(await readFile(resultFile, "utf8")) as Results;
}

async function writePage(results: Results): Promise<void> {
  await writeFile(join(root, "docs/benchmarks.md"), pageOf(results));
  for (const [name, svg] of await plotsOf(results)) await writeFile(join(folder, name), svg);
  const readme = join(root, "README.md");
  await writeFile(readme, withReadmePlot(await readFile(readme, "utf8"), results));
}
