import { type Bar, bars } from "./bars.ts";
import { cases, cold, dependencyAdded, sourceChanged } from "./cases.ts";
import { contenders, sharedCache } from "./contenders.ts";
import { plotNames } from "./plot-data.ts";
import { distinct, find, type Key, type Measurement, type Results, type Sample } from "./results.ts";
import { medianFigure, medianSeconds } from "./statistics.ts";

/** The text of docs/benchmarks.md. */
export function pageOf(results: Results): string {
  const julias = juliasOf(results);
  return `${[
    introduction,
    ...glance(results),
    "## Bars",
    barsNote,
    ...julias.map((julia) => `### Julia ${julia}: bars\n\n${barTable(results, julia)}`),
    ...julias.flatMap((julia) => juliaSections(results, julia)),
  ].join("\n\n")}\n`;
}

/** The newest first. */
export function juliasOf(results: Results): readonly string[] {
  return distinct(results, "julia").toSorted((left, right) =>
    right.localeCompare(left, "en", { numeric: true }),
  );
}

/** A picture that is light or dark as the reader's page is. */
export function picture(name: string, folder: string, description: string): string {
  return `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="${folder}/${name}-dark.svg">
  <img alt="${description}" src="${folder}/${name}-light.svg">
</picture>`;
}

const list = (items: readonly { readonly name: string; readonly what: string }[]): string =>
  items.map(({ name, what }) => `- _${name}_: ${what}`).join("\n");

const introduction = `# Benchmarks

<!-- Written by \`npm run bench:all\` from benchmarks/results.json. -->

\`npm run bench:all\` builds the same projects in several ways, in turn within each repetition, and writes this page. Times are wall time of \`docker buildx build\` until the image is in the engine's store. Every way compiles for the same processors (\`generic\`), asks the same Pkg server, and compiles the project itself too. All values are in [results.json](benchmarks/results.json).

The ways:

${list(contenders)}

The cases, each on top of the one before where nothing else is said:

${list(cases)}

In the full cache, the packages of others are copies of the sources and the compiled files of that package of the project whose compiled file is of the middle size. They were not compiled one by one: what a build has to do with them depends on how many and how large they are.

The projects: \`generated-5\`, \`-25\` and \`-100\` have so many generated packages, \`orders\` is an HTTP service (HTTP, JSON3) and \`sales\` a script with tables (CSV, DataFrames); \`generated-four\` and \`real-four\` are four projects that are built at once. To \`orders\` and \`sales\`, IterTools is added, and Parsers is updated.

An image is right if it loads the project without network and without compiling anything. A cell says how many are not.

| Variable | Meaning |
| --- | --- |
| \`BENCH_PKG_SERVER\` | A Pkg server of real packages, for \`orders\`, \`sales\`, \`real-four\` and the project of \`BENCH_PROJECT\`, whose manifests the Julia under test makes of what it has |
| \`BENCH_PROJECT\` | A folder with a Project.toml, which is measured too; \`BENCH_ADD\` names the package that is added (\`Example\` without it), \`BENCH_UPDATE\` the one that is updated (without it, none is) |
| \`BENCH_REPETITIONS\` | 3 without it |
| \`BENCH_CASES\`, \`BENCH_PROJECTS\`, \`BENCH_CONTENDERS\` | Lists, parted by commas, of the names on this page; all without it. What is measured replaces what was there, the rest stays |
| \`BENCH_OTHERS\` | Packages of others in the full cache; 1000 without it |
| \`BENCH_KEEP_LAYERS\` | Set, what the builds leave in the builder's layer cache stays; without it, what came during a measurement is removed after it, also what others built on the same engine meanwhile |
| \`JULIA_IMAGES\` | The images of Julia, each of which is measured |

\`npm run bench:all -- --page-only\` writes the page and the plots anew without measuring.`;

const barsNote = `What this frontend is to keep: the ratio of its median to another's, or what the row says. That a rebuild without a change takes at most 190 ms more than a Dockerfile of as many steps, which the engine's built-in frontend reads, is measured by \`npm run bench:no-change\`. Where the time goes, step by step, and why it has to, is on [a page of its own](timelines.md).`;

function glance(results: Results): readonly string[] {
  const pictures = plotNames(results).map(({ name, title }) => picture(name, "benchmarks", title));
  return pictures.length === 0 ? [] : ["## At a glance", ...pictures];
}

function barTable(results: Results, julia: string): string {
  const projects = projectsOf(results, julia);
  const rows = bars
    .map((bar) => [bar, projects.map((project) => bar.measured(results, { julia, project }))] as const)
    .filter(([, values]) => values.some((value) => value !== undefined))
    .map(([bar, values]) => [bar.what, `≤ ${bar.limit}`, ...values.map((value) => judged(bar, value))]);
  return table(["", "bar", ...projects], rows);
}

function judged({ limit }: Bar, value: number | undefined): string {
  if (value === undefined) return "";
  const text = Number.isInteger(value) ? String(value) : value.toFixed(2);
  return value <= limit ? `${text} kept` : `**${text} EXCEEDED**`;
}

function projectsOf(results: Results, julia: string): readonly string[] {
  return [
    ...new Set(results.measurements.filter((each) => each.julia === julia).map(({ project }) => project)),
  ];
}

function juliaSections(results: Results, julia: string): readonly string[] {
  return projectsOf(results, julia).flatMap((project) => {
    const own = results.measurements.filter((each) => each.julia === julia && each.project === project);
    const names = contenders
      .map(({ name }) => name)
      .filter((name) => own.some((each) => each.contender === name));
    const of = (contender: string, each: string): Key => ({ julia, project, contender, case: each });
    const times = cases
      .filter(({ name }) => own.some((each) => each.case === name))
      .map(({ name }) => [
        label(name, own),
        ...names.map((contender) => timeCell(results, of(contender, name), of(sharedCache.name, name))),
      ]);
    const figures = figureRows
      .map(([title, each, figure, format]) => [
        title,
        ...names.map((contender) => format(medianFigure(results, of(contender, each), figure))),
      ])
      .filter(([, ...cells]) => cells.some((cell) => cell !== ""));
    return [
      `## Julia ${julia}, ${project}`,
      `Median in seconds, in brackets the ratio to the ${sharedCache.name}, then the least and the most.`,
      table(["", ...names], times),
      ...(figures.length > 0 ? [table(["", ...names], figures)] : []),
      circumstances(own),
    ];
  });
}

function label(name: string, own: readonly Measurement[]): string {
  const others = own.find((each) => each.case === name)?.others;
  return others === undefined ? name : `${name} (${others} packages of others)`;
}

function timeCell(results: Results, key: Key, reference: Key): string {
  const samples = find(results, key)?.samples ?? [];
  const own = medianSeconds(results, key);
  if (own === undefined) return "";
  const other = medianSeconds(results, reference);
  const times = samples.map(({ seconds }) => seconds);
  const range = `${Math.min(...times).toFixed(1)}–${Math.max(...times).toFixed(1)}`;
  const multiple = other === undefined ? "" : ` (${(own / other).toFixed(2)}×)`;
  const sum = (name: "images" | "rightImages") => samples.reduce((all, sample) => all + sample[name], 0);
  const wrong = sum("images") - sum("rightImages");
  const note = wrong === 0 ? "" : `<br>**${wrong} of ${sum("images")} images not right**`;
  return `${own.toFixed(1)}${multiple}<br>${range}${note}`;
}

type Format = (value: number | undefined) => string;
const megabytes: Format = (value) => (value === undefined ? "" : `${(value / 1e6).toFixed(1)} MB`);
const seconds: Format = (value) => (value === undefined ? "" : `${value.toFixed(2)} s`);

const figureRows: readonly (readonly [string, string, keyof Sample, Format])[] = [
  ["downloaded from the Pkg server, cold", cold.name, "downloaded", megabytes],
  ["downloaded, one dependency added", dependencyAdded.name, "downloaded", megabytes],
  ["pushed to a registry that has the base image, cold", cold.name, "pushed", megabytes],
  ["pushed, one dependency added", dependencyAdded.name, "pushed", megabytes],
  ["pushed, source line changed", sourceChanged.name, "pushed", megabytes],
  ["image above the base image, compressed", cold.name, "imageBytes", megabytes],
  ["start-up: a container that loads the project", cold.name, "startUp", seconds],
  ["cache mounts after the cold build", cold.name, "cacheBytes", megabytes],
];

/** When, how often and on what, by case where they differ. */
function circumstances(own: readonly Measurement[]): string {
  const groups = new Map<string, string[]>();
  for (const { date, machine, samples, case: each } of own) {
    const text = `${date.slice(0, 10)}, ${samples.length === 1 ? "one repetition" : `${samples.length} repetitions`}, ${machine}`;
    groups.set(text, [...new Set([...(groups.get(text) ?? []), each])]);
  }
  if (groups.size === 1) return `Measured on ${[...groups.keys()][0]}.`;
  return [...groups].map(([text, names]) => `- ${names.join(", ")}: measured on ${text}.`).join("\n");
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(["---", ...head.slice(1).map(() => "---:")]), ...rows.map(line)].join("\n");
}
