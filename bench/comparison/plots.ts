import type { TopLevelSpec } from "vega-lite";
import { plotBase, svgOf } from "../svg.ts";
import { type Theme, themes } from "../themes.ts";
import { contenders } from "./contenders.ts";
import {
  type GrowthRow,
  growthOf,
  type OverviewRow,
  overviewOf,
  plotNames,
  type RatioRow,
  ratiosOf,
} from "./plot-data.ts";
import type { Results } from "./results.ts";

/** The plots of the page as SVG, light and dark, by the names of their files. */
export async function plotsOf(results: Results): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const { name, title, kind, julia } of plotNames(results)) {
    for (const theme of themes) {
      const overview = overviewOf(results)?.rows ?? [];
      const spec = {
        overview: () => overviewPlot(title, overview, theme),
        ratios: () => ratioPlot(title, ratiosOf(results, julia), theme),
        growth: () => growthPlot(title, growthOf(results, julia), theme),
      }[kind]();
      files.set(`${name}-${theme.name}.svg`, await svgOf(spec));
    }
  }
  return files;
}

function contenderColors(rows: readonly { readonly contender: string }[], theme: Theme) {
  const names = contenders.map(({ name }) => name);
  const domain = names.filter((name) => rows.some((row) => row.contender === name));
  return { domain, range: domain.map((name) => theme.colors[names.indexOf(name)] ?? theme.text) };
}

/** Bars by case and contender. Each case has a scale of its own: a rebuild takes a hundredth of a cold build. */
export function overviewPlot(title: string, rows: readonly OverviewRow[], theme: Theme): TopLevelSpec {
  const colors = contenderColors(rows, theme);
  const y = {
    field: "contender",
    sort: [...colors.domain],
    title: null,
    axis: { domain: false, ticks: false, labelPadding: 6 },
  } as const;
  const x = {
    field: "seconds",
    type: "quantitative",
    axis: null,
    scale: { domainMin: 0, nice: false },
  } as const;
  return {
    ...plotBase(title, theme),
    padding: { left: 12, top: 12, bottom: 12, right: 56 },
    data: { values: [...rows] },
    facet: {
      row: {
        field: "case",
        sort: [...new Set(rows.map((row) => row.case))],
        header: { ...caseHeader, labelOrient: "top", labelAnchor: "start", labelPadding: 4 },
      },
    },
    spacing: 14,
    spec: {
      width: 440,
      height: { step: 20 },
      layer: [
        {
          mark: { type: "bar", height: 15, cornerRadiusEnd: 2 },
          encoding: { y, x, color: { field: "contender", scale: colors, legend: null } },
        },
        {
          transform: [
            { calculate: "format(datum.seconds, datum.seconds < 10 ? '.2f' : '.1f') + ' s'", as: "label" },
          ],
          mark: { type: "text", align: "left", dx: 5, fontSize: 12, color: theme.text },
          encoding: { y, x, text: { field: "label" } },
        },
      ],
    },
    resolve: { scale: { x: "independent" } },
  };
}

const caseHeader = { title: null, labelFontSize: 13, labelFontWeight: "bold" } as const;

/** A point for each project, and a tick for the bar. */
export function ratioPlot(title: string, rows: readonly RatioRow[], theme: Theme): TopLevelSpec {
  const y = {
    field: "case",
    sort: [...new Set(rows.map((row) => row.case))],
    title: null,
    axis: { domain: false, ticks: false },
  } as const;
  return {
    ...plotBase(title, theme),
    width: 460,
    height: { step: 36, for: "position" },
    data: { values: [...rows] },
    layer: [
      {
        mark: { type: "rule", strokeDash: [3, 3], color: theme.line },
        data: { values: [{ one: 1 }] },
        encoding: { x: { field: "one", type: "quantitative" } },
      },
      {
        mark: { type: "tick", thickness: 3, size: 26, opacity: 1, color: theme.text },
        transform: [{ filter: "isValid(datum.limit)" }],
        encoding: { y, x: { field: "limit", type: "quantitative" } },
      },
      {
        mark: { type: "point", filled: true, size: 60, opacity: 1 },
        encoding: {
          y,
          x: {
            field: "ratio",
            type: "quantitative",
            title: "multiple of the shared-cache Dockerfile (tick: the bar)",
            scale: { domainMin: 0 },
          },
          color: {
            field: "project",
            scale: { range: [...theme.colors] },
            sort: null,
            legend: { orient: "bottom", title: null, columns: 3 },
          },
          shape: { field: "project", sort: null },
          yOffset: { field: "project", sort: null },
        },
      },
    ],
  };
}

export function growthPlot(title: string, rows: readonly GrowthRow[], theme: Theme): TopLevelSpec {
  const color = {
    field: "contender",
    scale: contenderColors(rows, theme),
    legend: { orient: "bottom", title: null, columns: 2 },
  } as const;
  return {
    ...plotBase(title, theme),
    data: { values: [...rows] },
    facet: {
      column: {
        field: "case",
        sort: [...new Set(rows.map((row) => row.case))],
        header: caseHeader,
      },
    },
    spec: {
      width: 250,
      height: 220,
      mark: { type: "line", point: { size: 50 }, strokeWidth: 2 },
      encoding: {
        x: { field: "packages", type: "quantitative", title: "packages", axis: { values: [5, 25, 100] } },
        y: { field: "seconds", type: "quantitative", title: "seconds" },
        color,
      },
    },
    resolve: { scale: { y: "independent" } },
  };
}
