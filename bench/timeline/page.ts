import { picture, table } from "../comparison/page.ts";
import { comparisonsOf, type Timeline, type Timelines } from "./results.ts";

/** The text of docs/timelines.md. */
export function timelinePageOf(results: Timelines): string {
  const comparisons = comparisonsOf(results);
  const sections = comparisons.flatMap(({ title, name, timelines }) => [
    `## ${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    picture(name, "benchmarks", `Time line of ${title}`),
    ...timelines.map(details),
  ]);
  return `${[introduction, circumstances(results), ...sections].join("\n\n")}\n`;
}

const introduction = `# Where the time of a build goes

<!-- Written by \`npm run bench:timelines\` from benchmarks/timelines.json. -->

\`npm run bench:timelines\` builds projects with this frontend and with the shared-cache Dockerfile of [the benchmarks](benchmarks.md), takes the times that BuildKit notes of each step, and writes this page. A step is parted, in another colour, by the lines that its programs print: a line is printed when what it names begins, or, for a package that was downloaded or compiled, when it is done. One build each: how much such times differ from one to the next is on the page of the benchmarks, and so are the variables that choose projects and versions of Julia.`;

function circumstances({ timelines }: Timelines): string {
  const texts = timelines.map(({ date, machine }) => `${date.slice(0, 10)}, ${machine}`);
  return `Measured on ${[...new Set(texts)].join("; ")}.`;
}

/** For who cannot see the picture, or wants the figures. */
function details({ contender, seconds, spans }: Timeline): string {
  const rows = spans.map(({ name, start, end, isPart }) => [
    `${isPart ? "– " : ""}${name.replaceAll("|", "\\|")}`,
    start.toFixed(2),
    (end - start).toFixed(2),
  ]);
  const head = `<details><summary>${contender}, ${seconds.toFixed(1)} s</summary>`;
  return [head, table(["", "from", "seconds"], rows), "</details>"].join("\n\n");
}
