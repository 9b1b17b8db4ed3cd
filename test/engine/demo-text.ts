import type { Step } from "../e2e/build-log.ts";
import type { Build } from "./demo-work.ts";

export const introduction = `A Julia project is built into an image by two lines of TOML, through stock docker buildx build.
The project and its packages are made for the demo and served on the loopback; Julia, Pkg, BuildKit and the
registry are real. Images and caches of the demo are removed; the engine and the downloads are kept for the next run.
`;

/** Steps that load what others need take no time worth a line. */
const ownStep = /^\[(base|image|build|depot|app)\] (?!programs|settings|dependencies of)/;

/** One line per step of the build: its time, or that an earlier build's result was taken. */
export function stepTable(steps: readonly Step[]): string {
  const rows = new Map<string, string>();
  for (const step of steps) {
    // BuildKit shows a step twice that it finds in its cache in two ways; if one of them did the work, that one counts.
    if (ownStep.test(step.name) && (rows.get(step.name) ?? "reused") === "reused") {
      rows.set(step.name, isReused(step) ? "reused" : `${step.seconds.toFixed(1)} s`);
    }
  }
  return aligned([...rows]);
}

/** BuildKit does not say of every step that it was cached, but each command of ours prints something when it runs. */
function isReused({ name, cached, output }: Step): boolean {
  return cached || (/ (install|compile|check) /.test(name) && output.length === 0);
}

/** What each build cost. */
export function summaryTable(builds: ReadonlyMap<string, Build>): string {
  return aligned([
    ["", "time", "downloaded", "compiled"],
    ...[...builds].map(([name, { seconds, downloaded, compiled }]) => [
      name,
      `${seconds.toFixed(1)} s`,
      list(downloaded),
      list(compiled),
    ]),
  ]);
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "nothing" : names.join(", ");
}

/** Columns padded to the same width; the last one is left as it is. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join("  ");
  return rows.map(line).join("\n");
}
