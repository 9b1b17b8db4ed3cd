import type { Key } from "../comparison/results.ts";
import type { Span } from "./read-timeline.ts";

/** Where the time of one build went. */
export interface Timeline extends Key {
  /** ISO 8601 */
  readonly date: string;
  readonly machine: string;
  /** Wall time of `docker buildx build`. */
  readonly seconds: number;
  readonly spans: readonly Span[];
}

/** What is read and written as docs/benchmarks/timelines.json. */
export interface Timelines {
  readonly timelines: readonly Timeline[];
}

/** What was measured before, without what was measured now of the same project and Julia, and then that. */
export function mergedTimelines(before: Timelines, measured: readonly Timeline[]): Timelines {
  const isOld = (old: Timeline) =>
    !measured.some(({ julia, project }) => julia === old.julia && project === old.project);
  return { timelines: [...before.timelines.filter(isOld), ...measured] };
}

/** What is shown together: one case of one project, by who built it. */
export interface Comparison extends Pick<Key, "julia" | "project" | "case"> {
  /** Of the picture's files, before `-light.svg` and `-dark.svg`. */
  readonly name: string;
  readonly title: string;
  readonly timelines: readonly Timeline[];
}

export function comparisonsOf({ timelines }: Timelines): readonly Comparison[] {
  const comparisons = new Map<string, Comparison>();
  for (const timeline of timelines) {
    const { julia, project, case: each } = timeline;
    const name = `timeline-${julia}-${project}-${each.replaceAll(" ", "-")}`;
    const others = comparisons.get(name)?.timelines ?? [];
    const title = `${project}, ${each}, Julia ${julia}`;
    comparisons.set(name, { julia, project, case: each, name, title, timelines: [...others, timeline] });
  }
  return [...comparisons.values()];
}
