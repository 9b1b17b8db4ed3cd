import type { TopLevelSpec } from "vega-lite";
import { plotBase, svgOf } from "../svg.ts";
import { type Theme, themes } from "../themes.ts";
import { type Growth, growths } from "./limits.ts";
import { type BigResults, type Series, seriesNames } from "./results.ts";

/** The plots of the page as SVG, light and dark, by the names of their files. */
export async function bigPlotsOf(results: BigResults): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const { name, series, title } of bigPlotNames(results)) {
    const own = growths(results).filter((growth) => growth.series === series);
    for (const theme of themes)
      files.set(`${name}-${theme.name}.svg`, await svgOf(growthPlot(title, own, series, theme)));
  }
  return files;
}

export interface BigPlot {
  /** Of its files, before `-light.svg` and `-dark.svg`. */
  readonly name: string;
  readonly series: Series;
  readonly title: string;
}

/** The plots for which something was measured. */
export function bigPlotNames(results: BigResults): readonly BigPlot[] {
  const measured = new Set(growths(results).map(({ series }) => series));
  return [...measured].map((series) => ({
    ...{ name: `big-${series}`, series },
    title: `Cost by ${seriesNames[series]}, Julia ${results.julia}`,
  }));
}

/** Both axes are logarithmic, so that what is linear is a line of the slope of the dashed one. */
function growthPlot(title: string, own: readonly Growth[], series: Series, theme: Theme): TopLevelSpec {
  const rows = own.flatMap(({ figure, points, exponent }) => {
    const scale = figure.unit === "B" ? 1e-6 : 1;
    const name = `${figure.title} (${figure.unit === "B" ? "MB" : "s"}), ${exponent.toFixed(2)}`;
    return points.map(({ size, cost }) => ({ name, size, value: cost * scale }));
  });
  const linear = own.flatMap(({ figure, points }) => {
    const [first] = points;
    if (first === undefined) return [];
    const scale = figure.unit === "B" ? 1e-6 : 1;
    return points.map(({ size }) => ({
      ...{ figure: figure.title, size },
      value: ((first.cost * scale) / first.size) * size,
    }));
  });
  const sizes = [...new Set(rows.map(({ size }) => size))];
  const x = {
    field: "size",
    type: "quantitative",
    title: seriesNames[series],
    scale: { type: "log", nice: false },
    axis: { values: sizes, grid: false },
  } as const;
  const y = { field: "value", type: "quantitative", title: null, scale: { type: "log" } } as const;
  return {
    ...plotBase(title, theme),
    ...{ width: 460, height: 280 },
    layer: [
      {
        data: { values: linear },
        mark: { type: "line", strokeDash: [3, 4], color: theme.line },
        encoding: { x, y, detail: { field: "figure" } },
      },
      {
        data: { values: rows },
        mark: { type: "line", point: { size: 50 }, strokeWidth: 2 },
        encoding: {
          x,
          y,
          color: {
            field: "name",
            sort: null,
            scale: { range: theme.colors.slice(1) },
            legend: {
              orient: "bottom",
              title: "with its exponent; dashed: linear",
              columns: 1,
              labelLimit: 440,
              titleLimit: 440,
            },
          },
        },
      },
    ],
  };
}
