import { picture } from "./page.ts";
import { overviewOf } from "./plot-data.ts";
import type { Results } from "./results.ts";

const begin = "<!-- Written by `npm run bench:all`. -->";
const end = "<!-- The end of what `npm run bench:all` writes. -->";

/** README.md with the one plot that matters, between two marks. Throws if the marks are not there. */
export function withReadmePlot(text: string, results: Results): string {
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error("README.md has no place for the plot");
  const overview = overviewOf(results);
  const plot =
    overview === undefined
      ? "Nothing was measured yet."
      : picture("overview", "docs/benchmarks", overview.title);
  return `${before}${begin}\n\n${plot}\n\n${end}${after}`;
}
