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
  return `${[introduction, circumstances(results), ...sections, explanation].join("\n\n")}\n`;
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

const explanation = `## Why it has to be

- _Until the first line of the dependency step_: a container is started and in it a Julia, which reads the programs of the step. The first that it does is to start another one, with the flags of the image, which compiles and loads: it reads its own programs, and asks which compiled files can be used, while packages are installed. Where more than a few packages are new, or something else needs it, Pkg is loaded before they are downloaded, since Julia 1.11 from compiled files of its own.
- _Compiling_: Julia compiles each package in a process of its own. What depends on nothing else is compiled side by side, up to the memory and the processors there are; a chain of packages of which each needs the one before bounds every way of building equally.
- _Loading_: a package that was compiled just now is loaded once, since its first loading may leave scratch spaces or artifacts, and decides which compiled files belong together. What was loaded from the same file by an earlier build is not loaded again.
- _Copying_: a cache mount is no part of a result, so the step copies out of it what the manifest needs, and BuildKit copies that into layers. See [how it works](how-it-works.md).
- _The application step_: the project is compiled and then loaded with all that it needs, as the image's user, to see that a start of the image compiles nothing. Both load the dependencies, side by side where there are two processors. The other ways do not check.
- _Exporting_: BuildKit compresses each new layer, and Docker unpacks it. Both take as long as the layers that changed are large, which is why a larger depot is spread over several. What lies above a layer that changed is made anew too: compiled code, which is the most, lies below the sources, and both of small packages above all that is large, so that most of it stays when a small package is added.
- _docker and BuildKit start_: BuildKit starts a container with the frontend, which a Dockerfile without a \`# syntax=\` line does not need.

## What was tried and gains nothing

- _To do without Pkg where many packages have to be downloaded_: a few are brought by curl and tar and hashed by a function that is interpreted. For many, Pkg has that in compiled form, and uses its connections again.
- _To have our own programs compiled_: reading them takes some tenths of a second, of which most overlaps with other work; as compiled files they are read in no time. To make these takes seconds. In the cache they could be changed by the packages that are built there, which could then decide what is checked; by a step of its own, every first build would wait for them.
- _To part the dependency step in two_, so that one build downloads while another compiles: another container and another Julia with Pkg cost each build more than what several at once gain, see the case of four at once in [the benchmarks](benchmarks.md).
- _One output of the dependency step instead of one for each layer_: BuildKit keeps several as fast as one.
- _Not to load the dependencies beside the process that compiles the project_, but after it: no faster on two processors.
- _Smaller things_: programs without their texts of documentation, more packages compiled at once than there are processors, fewer threads of Julia's own, one part of native code instead of four for a small package. To compile a package without anything in it takes Julia 0.4 s.`;
