import { expect, it } from "vitest";
import { sizesOf } from "../../../../../bench/comparison/figures.ts";

it("adds the sizes of a builder's records, and not the total below them", () => {
  const text =
    "ID:\t\ta\nSize:\t\t34.25MB\n\nID:\t\tb\nSize:\t\t1.5kB\n\nReclaimable:\t34.3MB\nTotal:\t34.3MB\n";
  expect(sizesOf(text)).toBe(34_251_500);
});
