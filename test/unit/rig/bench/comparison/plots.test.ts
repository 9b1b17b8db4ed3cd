import { expect, it } from "vitest";
import { growthOf, overviewOf, ratiosOf } from "../../../../../bench/comparison/plot-data.ts";
import { plotsOf } from "../../../../../bench/comparison/plots.ts";
import { exampleResults } from "./example-results.ts";

it("draws each plot light and dark", async () => {
  const plots = await plotsOf(exampleResults);
  expect([...plots.keys()]).toEqual([
    ...["overview-light.svg", "overview-dark.svg"],
    ...["ratios-1.12.5-light.svg", "ratios-1.12.5-dark.svg"],
    ...["growth-1.12.5-light.svg", "growth-1.12.5-dark.svg"],
  ]);
  const overview = plots.get("overview-light.svg");
  expect(overview).toContain("70.0 s");
  expect(overview).toContain("shared-cache Dockerfile");
  expect(plots.get("overview-dark.svg")).not.toBe(overview);
});

it("shows a real project if there is one", () => {
  expect(overviewOf(exampleResults)?.title).toBe("Median seconds of a build of orders, Julia 1.12.5");
});

it("gives each ratio the bar of its case", () => {
  expect(ratiosOf(exampleResults, "1.12.5")).toEqual([
    { case: "cold", project: "orders", ratio: 0.7, limit: 0.9 },
    { case: "one dependency added", project: "orders", ratio: 0.8, limit: 0.75 },
  ]);
});

it("lets generated projects grow, and no others", () => {
  expect(growthOf(exampleResults, "1.12.5").map(({ packages, seconds }) => [packages, seconds])).toEqual([
    [5, 5],
    [25, 20],
  ]);
});

it("draws nothing of nothing", async () => {
  expect((await plotsOf({ measurements: [] })).size).toBe(0);
});
