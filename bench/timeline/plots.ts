import type { TopLevelSpec } from "vega-lite";
import { plotBase, svgOf } from "../svg.ts";
import { type Theme, themes } from "../themes.ts";
import { type Comparison, comparisonsOf, type Timeline, type Timelines } from "./results.ts";

/** The pictures of the page as SVG, light and dark, by the names of their files. */
export async function timelinePlotsOf(results: Timelines): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const comparison of comparisonsOf(results)) {
    for (const theme of themes)
      files.set(`${comparison.name}-${theme.name}.svg`, await svgOf(timelinePlot(comparison, theme)));
  }
  return files;
}

/** A line for each step, the lines of the builds above each other on one scale. */
function timelinePlot({ title, timelines }: Comparison, theme: Theme): TopLevelSpec {
  const longest = Math.max(...timelines.map(({ seconds }) => seconds));
  return {
    ...plotBase(title, theme),
    vconcat: timelines.map((timeline) => oneTimeline(timeline, longest, theme)),
    spacing: 16,
  };
}

type Row = Extract<TopLevelSpec, { vconcat: unknown }>["vconcat"][number];

function oneTimeline({ contender, seconds, spans }: Timeline, longest: number, theme: Theme): Row {
  const [, , steps = theme.text, , parts = theme.text] = theme.colors;
  const values = spans.map((span, row) => ({
    ...{ row, start: span.start, end: span.end, isPart: span.isPart ?? false },
    name: shortened(`${span.isPart ? "– " : ""}${span.name}`),
    label: (span.end - span.start).toFixed(2),
  }));
  const names = values.map(({ row, name }) => `datum.value == ${row} ? ${JSON.stringify(name)} :`).join(" ");
  const y = {
    field: "row",
    type: "ordinal",
    title: null,
    axis: { domain: false, ticks: false, labelExpr: `${names} ''`, labelLimit: 520 },
  } as const;
  const x = {
    field: "start",
    type: "quantitative" as const,
    title: "seconds",
    scale: { domain: [0, longest], nice: false },
  };
  return {
    title: { text: `${contender}: ${seconds.toFixed(1)} s`, anchor: "start", fontSize: 13 },
    width: 420,
    height: { step: 17 },
    data: { values },
    layer: [
      {
        mark: { type: "bar", height: 11, cornerRadius: 1 },
        encoding: {
          ...{ y, x, x2: { field: "end" } },
          color: { condition: { test: "datum.isPart", value: parts }, value: steps },
        },
      },
      {
        mark: { type: "text", align: "left", dx: 4, fontSize: 10, color: theme.text },
        encoding: { y, x: { ...x, field: "end" }, text: { field: "label" } },
      },
    ],
  };
}

/** What fits beside the picture, without mounts, which look alike. */
function shortened(whole: string): string {
  const name = whole.replaceAll(/ --mount=\S+/g, "");
  return name.length <= 52 ? name : `${name.slice(0, 51)}…`;
}
