import { stripVTControlCharacters } from "node:util";

/** What a build did for a while. */
export interface Span {
  readonly name: string;
  /** Seconds since `docker buildx build` was started. */
  readonly start: number;
  readonly end: number;
  /** A part of the span before it that is none. */
  readonly isPart?: true;
}

/** What is shorter is not worth a line. */
const shortest = 0.03;
const shortestPart = 0.1;

/**
 * The time line of a build, from what `docker buildx build --progress=rawjson` printed: a JSON object a line, with steps
 * (`vertexes`), their parts (`statuses`) and their output (`logs`). A step that ran programs is parted by the lines that they
 * printed. Times in which no step was under way are spans of their own.
 *
 * @param began when the command was started, in milliseconds since 1970
 * @param seconds how long it took
 */
export function readTimeline(log: string, began: number, seconds: number): readonly Span[] {
  const steps = readSteps(log, (text) => (Date.parse(text) - began) / 1000);
  const shown = [...steps.values()].filter(({ start, end }) => end - start >= shortest);
  return withGaps(shown, seconds).flatMap((step) => [
    { name: step.name, start: step.start, end: step.end },
    ...partsOf(step),
  ]);
}

interface Step {
  readonly name: string;
  start: number;
  end: number;
  readonly statuses: Map<string, Span>;
  readonly lines: { readonly text: string; readonly at: number }[];
}

/** The parts of a line that are read here. */
interface ProgressLine {
  readonly vertexes?: readonly {
    readonly digest: string;
    readonly name: string;
    readonly started?: string;
    readonly completed?: string;
    readonly cached?: boolean;
  }[];
  readonly statuses?: readonly {
    readonly vertex: string;
    readonly id: string;
    readonly started?: string;
    readonly completed?: string;
  }[];
  readonly logs?: readonly { readonly vertex: string; readonly data: string; readonly timestamp: string }[];
}

function readSteps(log: string, secondsOf: (timestamp: string) => number): ReadonlyMap<string, Step> {
  const steps = new Map<string, Step>();
  for (const line of log.split("\n")) {
    if (!line.startsWith("{")) continue;
    const { vertexes = [], statuses = [], logs = [] } = JSON.parse(line) as ProgressLine;
    for (const { digest, name, started, completed } of vertexes) {
      if (started === undefined) continue;
      const step = steps.get(digest) ?? newStep(name, secondsOf(started));
      steps.set(digest, step);
      // BuildKit starts some of its own steps twice: for what is asked of the client, and for what comes.
      step.start = Math.min(step.start, secondsOf(started));
      if (completed !== undefined) step.end = Math.max(step.end, secondsOf(completed));
    }
    for (const { vertex, id, started, completed } of statuses) {
      if (started === undefined || completed === undefined) continue;
      const span = { name: shortName(id), start: secondsOf(started), end: secondsOf(completed) };
      steps.get(vertex)?.statuses.set(id, span);
    }
    for (const { vertex, data, timestamp } of logs) {
      const text = stripVTControlCharacters(Buffer.from(data, "base64").toString());
      const lines = text.split(/[\r\n]/).filter((each) => each.trim() !== "");
      steps
        .get(vertex)
        ?.lines.push(...lines.map((each) => ({ text: each.trim(), at: secondsOf(timestamp) })));
    }
  }
  return steps;
}

const newStep = (name: string, start: number): Step => ({
  ...{ name: shortName(name), start, end: start },
  ...{ statuses: new Map(), lines: [] },
});

/** Digests and names of images are those of one run. */
const shortName = (text: string): string =>
  text
    .replace(/(?:[ @]sha256:[0-9a-f]+| to \S+:\w+)$/, "")
    .replace(/^docker-image:\/\/\S+$/, "the frontend's image");

/** The steps in their order, and what lies between them. */
function withGaps(steps: readonly Step[], seconds: number): readonly Step[] {
  const ordered = steps.toSorted((left, right) => left.start - right.start);
  const rows: Step[] = [];
  let until = 0;
  const gap = (end: number, name: string) => {
    if (end - until >= shortest) rows.push({ ...newStep(name, until), end });
  };
  for (const step of ordered) {
    gap(step.start, until === 0 ? "docker and BuildKit start" : "short steps, and between them");
    rows.push(step);
    until = Math.max(until, step.end);
  }
  gap(seconds, "short steps, and docker ends");
  return rows;
}

function partsOf(step: Step): readonly Span[] {
  const isLong = ({ start, end }: Span) => end - start >= shortestPart;
  const parts = step.lines.length > 0 ? betweenLines(step) : [...step.statuses.values()];
  return parts.filter(isLong).map((part) => ({ ...part, isPart: true }));
}

/** What was printed last tells what is being done. */
function betweenLines({ start, end, lines }: Step): readonly Span[] {
  const marks = [{ text: "until the first line is printed", at: start }, ...lines];
  return marks.map(({ text, at }, index) => ({
    name: text,
    start: at,
    end: marks[index + 1]?.at ?? end,
  }));
}
