import { expect, it } from "vitest";
import { settingsFrom } from "../../../../../bench/comparison/settings.ts";

it("measures everything three times by itself", () => {
  const { repetitions, others, wants } = settingsFrom({});
  expect([repetitions, others, wants.case("cold"), wants.project("sales")]).toEqual([3, 1000, true, true]);
});

it("measures only what is named", () => {
  const { repetitions, wants } = settingsFrom({ BENCH_REPETITIONS: "1", BENCH_CASES: "cold, no change" });
  expect(repetitions).toBe(1);
  expect(["cold", "no change", "four at once"].map(wants.case)).toEqual([true, true, false]);
});

it("refuses a number that is none", () => {
  expect(() => settingsFrom({ BENCH_REPETITIONS: "few" })).toThrow("few");
});
