import { median } from "./measure.ts";

/** Seconds of every build, by contender and scenario. */
export type Seconds = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

/** Medians, each with its ratio to the first contender's. */
export function markdownTable(seconds: Seconds): string {
  const [first] = Object.values(seconds);
  if (first === undefined) {
    throw new Error("nothing was measured");
  }
  const scenarios = Object.keys(first);
  const rows = Object.entries(seconds).map(([name, times]) => {
    const cells = scenarios.map((scenario) => cell(times[scenario] ?? [], first[scenario] ?? []));
    return [name, ...cells];
  });
  return [["", ...scenarios], ["---", ...scenarios.map(() => "---:")], ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

function cell(times: readonly number[], reference: readonly number[]): string {
  const value = median(times);
  return `${value.toFixed(1)} s (${(value / median(reference)).toFixed(1)}×)`;
}
