import { expect, it } from "vitest";
import { bars } from "../../../../../bench/comparison/bars.ts";
import type { Results } from "../../../../../bench/comparison/results.ts";
import { exampleResults, measurement } from "./example-results.ts";

const subject = { julia: "1.12.5", project: "orders" };

function measured(what: string, results: Results): number | undefined {
  const bar = bars.find((each) => each.what === what);
  if (bar === undefined) throw new Error(`there is no bar ${what}`);
  return bar.measured(results, subject);
}

it("compares medians", () => {
  expect(measured("cold, to the shared-cache Dockerfile", exampleResults)).toBe(0.7);
  expect(measured("one dependency added, to the plain Dockerfile", exampleResults)).toBe(0.08);
});

it("has no value for what was not measured", () => {
  expect(measured("four at once, to the shared-cache Dockerfile", exampleResults)).toBeUndefined();
});

it("counts the images that are not right", () => {
  const samples = [{ seconds: 9, images: 4, rightImages: 3 }];
  const four = measurement(["orders", "four at once", "this frontend"], [], { samples });
  expect(measured("four at once, images that are not right", { measurements: [four] })).toBe(1);
});

it("allows a seeded build 1.5 times the warm time and the pull", () => {
  const samples = [{ seconds: 16, pull: 4, images: 1, rightImages: 1 }];
  const seeded = measurement(["orders", "engine without state", "this frontend with a seed"], [], {
    samples,
  });
  const results = { measurements: [...exampleResults.measurements, seeded] };
  const [what = ""] = bars.map((bar) => bar.what).filter((each) => each.includes("with a seed"));
  expect(measured(what, results)).toBe(16 / (1.5 * 8 + 4));
});
