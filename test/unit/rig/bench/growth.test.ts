import { expect, it } from "vitest";
import { exponentOf } from "../../../../bench/growth.ts";

const points = (cost: (size: number) => number) => [10, 40, 100].map((size) => ({ size, cost: cost(size) }));

it("is the power with which a cost grows", () => {
  expect(exponentOf(points((size) => 3 * size))).toBeCloseTo(1);
  expect(exponentOf(points((size) => size ** 2 / 7))).toBeCloseTo(2);
  expect(exponentOf(points(() => 5))).toBeCloseTo(0);
  expect(exponentOf(points((size) => 100 + size))).toBeLessThan(1);
});

it("needs two sizes", () => {
  expect(() => exponentOf([{ size: 1, cost: 1 }])).toThrow("two sizes");
});
