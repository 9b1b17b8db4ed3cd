import type { TaskMeta } from "vitest";

/** What was done, by its name: `kills of the dependency step`, `builds`. */
export type Tally = Readonly<Record<string, number>>;

declare module "vitest" {
  interface TaskMeta {
    tally?: Tally;
  }
}

/** Adds one to what the test's own tally says of something; the closing lines of the run add up the tallies. */
export function count(task: { readonly meta: TaskMeta }, what: string): void {
  task.meta.tally = sumOf([task.meta.tally ?? {}, { [what]: 1 }]);
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum: Record<string, number> = {};
  for (const [what, number] of tallies.flatMap((tally) => Object.entries(tally))) {
    sum[what] = (sum[what] ?? 0) + number;
  }
  return sum;
}
