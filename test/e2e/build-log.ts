/** One line of the progress display that BuildKit calls a vertex. */
export interface Step {
  readonly name: string;
  readonly cached: boolean;
  /** Seconds; 0 for cached steps. */
  readonly seconds: number;
  /** What the step's programs printed, line by line. */
  readonly output: readonly string[];
}

/**
 * Steps of a log that `docker buildx build --progress=plain` printed: `#7 name`, then `#7 CACHED`, `#7 DONE 1.2s` or
 * `#7 0.52 output`.
 */
export function readSteps(log: string): readonly Step[] {
  const steps = new Map<string, { name: string; cached: boolean; seconds: number; output: string[] }>();
  for (const line of log.split("\n")) {
    const [, number, rest] = /^#(\d+) (.*)$/.exec(line) ?? [];
    if (number === undefined || rest === undefined) {
      continue;
    }
    const step = steps.get(number);
    const done = /^DONE (\d+\.\d+)s$/.exec(rest);
    const output = /^\d+\.\d+ (.*)$/.exec(rest);
    if (step === undefined) {
      steps.set(number, { name: rest, cached: false, seconds: 0, output: [] });
    } else if (rest === "CACHED") {
      step.cached = true;
    } else if (done !== null) {
      step.seconds = Number(done[1]);
    } else if (output !== null) {
      step.output.push(output[1] ?? "");
    }
  }
  return [...steps.values()];
}

/**
 * Names of the steps whose program ran. BuildKit does not mark every result that it reuses as cached, but each program of
 * ours prints something when it runs.
 */
export function stepsRun(log: string): readonly string[] {
  return readSteps(log)
    .filter(
      ({ name, cached, output }) =>
        !cached && output.length > 0 && /^\[(image|build|depot|julia|app|test)\] /.test(name),
    )
    .map(({ name }) => name);
}
