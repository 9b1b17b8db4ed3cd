import { expect, it } from "vitest";
import { median } from "../../../../bench/measure.ts";
import { markdownTable } from "../../../../bench/table.ts";

it("takes the middle of odd and even numbers of values", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(() => median([])).toThrow();
});

it("gives every median its ratio to the first row", () => {
  const table = markdownTable({ ours: { cold: [4, 2, 3], warm: [1] }, theirs: { cold: [6], warm: [0.5] } });
  expect(table.split("\n")).toEqual([
    "|  | cold | warm |",
    "| --- | ---: | ---: |",
    "| ours | 3.0 s (1.0×) | 1.0 s (1.0×) |",
    "| theirs | 6.0 s (2.0×) | 0.5 s (0.5×) |",
  ]);
});
