import { expect, it } from "vitest";
import { distinct, find, merged } from "../../../../../bench/comparison/results.ts";
import { exampleResults, measurement } from "./example-results.ts";

it("replaces what was measured again and keeps the rest", () => {
  const fresh = measurement(["orders", "cold", "plain Dockerfile"], [1]);
  const results = merged(exampleResults, [fresh]);
  expect(results.measurements).toHaveLength(exampleResults.measurements.length);
  expect(find(results, fresh)).toBe(fresh);
});

it("keeps another Julia's beside it", () => {
  const other = measurement(["orders", "cold", "plain Dockerfile"], [1], { julia: "1.10.10" });
  const results = merged(exampleResults, [other]);
  expect(results.measurements).toHaveLength(exampleResults.measurements.length + 1);
  expect(distinct(results, "julia")).toEqual(["1.12.5", "1.10.10"]);
});
