import { expect, it } from "vitest";
import { pageOf } from "../../../../../bench/comparison/page.ts";
import { exampleResults, measurement } from "./example-results.ts";

const page = pageOf(exampleResults);

it("gives medians, ratios and spread", () => {
  expect(page).toContain(
    "| cold | 100.0 (1.00×)<br>90.0–110.0 | 100.0 (1.00×)<br>100.0–100.0 | 70.0 (0.70×)<br>60.0–80.0 |",
  );
});

it("says beside each bar whether it is kept", () => {
  expect(page).toContain("| cold, to the shared-cache Dockerfile | ≤ 0.9 | 0.70 kept |  |  |");
  expect(page).toContain(
    "| one dependency added, to the shared-cache Dockerfile | ≤ 0.75 | **0.80 EXCEEDED** |",
  );
});

it("says of each measurement when, how often and on what it was made", () => {
  expect(page).toContain("- cold: measured on 2026-01-02, 3 repetitions, a machine.");
  expect(page).toContain("- one dependency added: measured on 2026-01-02, one repetition, a machine.");
});

it("says how many images are not right", () => {
  const samples = [{ seconds: 9, images: 4, rightImages: 2 }];
  const four = measurement(["real-four", "four at once", "this frontend"], [], { samples });
  expect(pageOf({ measurements: [four] })).toContain("**2 of 4 images not right**");
});

it("has the newest Julia first", () => {
  const older = measurement(["orders", "cold", "this frontend"], [1], { julia: "1.9.4" });
  const text = pageOf({ measurements: [older, ...exampleResults.measurements] });
  expect(text.indexOf("## Julia 1.12.5, orders")).toBeLessThan(text.indexOf("## Julia 1.9.4, orders"));
});

it("is a page when nothing was measured", () => {
  expect(pageOf({ measurements: [] })).not.toContain("<picture>");
});
