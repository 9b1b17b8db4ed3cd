import { expect, it } from "vitest";
import { median } from "../../../../bench/measure.ts";

it("takes the middle of odd and even numbers of values", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(() => median([])).toThrow();
});
