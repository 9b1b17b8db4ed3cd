import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Theme } from "./themes.ts";

/** A plot as the text of an SVG file. */
export async function svgOf(spec: TopLevelSpec): Promise<string> {
  return `${await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG()}\n`;
}

/** What all plots of a theme have in common. */
export function plotBase(title: string, theme: Theme) {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    background: theme.background,
    padding: 12,
    title: { text: title, anchor: "start", fontSize: 14, offset: 12 },
    config: theme.config,
  } as const;
}
