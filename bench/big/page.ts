import { picture } from "../comparison/page.ts";
import { exponentLimit, type Growth, growths, limitsOf, memoryLimit } from "./limits.ts";
import { bigPlotNames } from "./plots.ts";
import { type BigPoint, type BigResults, type Series, seriesNames } from "./results.ts";

/** The text of docs/big-projects.md. */
export function bigPageOf(results: BigResults): string {
  const sections = bigPlotNames(results).flatMap(({ name, series, title }) => [
    `## By ${seriesNames[series]}`,
    [notes[series], ...plannedOnly(results, series)].join(" "),
    picture(name, "benchmarks", title),
    sizeTable(results.points.filter((point) => point.series === series)),
    exponentTable(growths(results).filter((growth) => growth.series === series)),
  ]);
  return `${[introduction(results), ...sections].join("\n\n")}\n`;
}

const introduction = (results: BigResults) => `# Big projects

<!-- Written by \`npm run bench:big\` from benchmarks/big-projects.json. -->

How the costs of a build grow with the project. \`npm run bench:big\` measures it and writes this page. What grows by a power of the size that is more than ${exponentLimit}, or a frontend with more than ${memoryLimit} MB, makes the command fail. The power is the slope of the line through the logarithms: 1 is linear, and what does not depend on the size makes it less.

${verdict(results)}

Planning and memory are those of the frontend's process alone, against a BuildKit that answers at once. A rebuild is one in which nothing has changed, by \`docker buildx build\`, without an image that is exported. Medians of ${results.repetitions} repetitions, of planning alone of more; the largest memory. Measured on ${results.date.slice(0, 10)} with Julia ${results.julia}, ${results.machine}.`;

function verdict(results: BigResults): string {
  const limits = limitsOf(results);
  const exceeded = limits.filter(({ value, limit }) => value > limit);
  if (exceeded.length === 0) return `All ${limits.length} limits are kept.`;
  const list = exceeded.map(({ what, value }) => `${what}: ${value.toFixed(2)}`).join("; ");
  return `Of ${limits.length} limits, **these are EXCEEDED: ${list}**.`;
}

/** What is said of sizes that were not built. */
function plannedOnly({ points }: BigResults, series: Series): readonly string[] {
  const sizes = points.filter((point) => point.series === series && point.rebuild === undefined);
  if (sizes.length === 0) return [];
  return [`Planned only, and not built: ${sizes.map(({ size }) => size).join(", ")}.`];
}

const notes: Readonly<Record<Series, string>> = {
  packages:
    "Generated packages of one function each, all of which the project depends on directly. Each size is built on the cache of the one before, so that only what is new is compiled; for the plot, the time of a build for each package that it compiled is multiplied by all of its packages. The memory of a step is that of all its processes at once, without the files that the kernel keeps in memory for them.",
  artifacts:
    "Packages with an artifact of 1 GB each in 400 files, of which every second one can be compressed. Each size is built with an empty cache: what is there is downloaded, unpacked, hashed, copied by the step into its output and by BuildKit into layers. The image is not exported.",
  files: `Files of 1 kB beside a project with 50 packages. The context is compared with what the builder has of it by the client and BuildKit; the frontend asks only for the files that it needs.`,
  builds: `A bake file builds one project with 50 packages for several targets and platforms at once, each by a process of the frontend. The time of planning is that from the start of the first process until the last has planned, each for two platforms; the rebuilds are for the platform of the builder alone, so that there are twice as many processes.`,
};

const seconds = (value: number | undefined, digits = 2) =>
  value === undefined ? "" : `${value.toFixed(digits)} s`;
const megabytes = (value: number | undefined) =>
  value === undefined ? "" : `${(value / 1e6).toFixed(0)} MB`;

const columns: readonly (readonly [title: string, cell: (point: BigPoint) => string])[] = [
  ["planning", ({ plan }) => seconds(plan, 3)],
  ["memory of the frontend", ({ frontendMemory }) => megabytes(frontendMemory)],
  ["rebuild without a change", ({ rebuild }) => seconds(rebuild)],
  ["first build", ({ build }) => seconds(build, 1)],
  ["packages compiled", ({ compiled }) => (compiled === undefined ? "" : String(compiled))],
  ["memory of a step", ({ stepMemory }) => megabytes(stepMemory)],
];

function sizeTable(points: readonly BigPoint[]): string {
  const used = columns.filter(([, cell]) => points.some((point) => cell(point) !== ""));
  return table(
    ["", ...used.map(([title]) => title)],
    points.map((point) => [String(point.size), ...used.map(([, cell]) => cell(point))]),
  );
}

function exponentTable(own: readonly Growth[]): string {
  const judged = (exponent: number) =>
    exponent <= exponentLimit ? `${exponent.toFixed(2)} kept` : `**${exponent.toFixed(2)} EXCEEDED**`;
  return table(
    ["", `exponent (≤ ${exponentLimit})`],
    own.map(({ figure, exponent }) => [figure.title, judged(exponent)]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(["---", ...head.slice(1).map(() => "---:")]), ...rows.map(line)].join("\n");
}
