import type { Config } from "vega-lite";

/** How a plot looks on a page of this kind. */
export interface Theme {
  readonly name: "light" | "dark";
  readonly background: string;
  readonly text: string;
  readonly line: string;
  /** Of the contenders in their order; Okabe and Ito's, which people with any sight can tell apart, made lighter for dark pages. */
  readonly colors: readonly string[];
  readonly config: Config;
}

function theme(name: Theme["name"], parts: Pick<Theme, "background" | "text" | "line" | "colors">): Theme {
  const { text, line } = parts;
  return {
    name,
    ...parts,
    config: {
      font: "Helvetica, Arial, sans-serif",
      title: { color: text },
      axis: {
        ...{ labelColor: text, titleColor: text, labelFontSize: 12, titleFontSize: 12, labelLimit: 300 },
        ...{
          domainColor: line,
          tickColor: line,
          gridColor: line,
          gridOpacity: 0.5,
          titleFontWeight: "normal",
        },
      },
      legend: { labelColor: text, titleColor: text, labelFontSize: 12, labelLimit: 260 },
      header: { labelColor: text, titleColor: text },
      view: { stroke: null },
    },
  };
}

export const themes: readonly Theme[] = [
  theme("light", {
    ...{ background: "#ffffff", text: "#1f2328", line: "#c4cad1" },
    colors: ["#8b949e", "#e69f00", "#009e73", "#0072b2", "#cc79a7", "#d55e00"],
  }),
  theme("dark", {
    ...{ background: "#0d1117", text: "#e6edf3", line: "#3d444d" },
    colors: ["#7d8590", "#f0b429", "#2dc79a", "#58a6ff", "#e39ac0", "#f0883e"],
  }),
];
