import { expect, test } from "vitest";
import {
  isVersionAtLeast,
  juliaLine,
  minorVersion,
  newestFirst,
} from "../../../../engine/julia/julia-image.ts";

test("compares versions by their numbers", () => {
  expect(["1.5.3", "1.12.5", "1.10.10", "1.10.9"].sort(newestFirst)).toEqual([
    ...["1.12.5", "1.10.10", "1.10.9", "1.5.3"],
  ]);
  expect(isVersionAtLeast("1.10.10", 1, 9)).toBe(true);
  expect(isVersionAtLeast("1.13.0-rc1", 1, 13)).toBe(true);
  expect(isVersionAtLeast("1.5.3", 1, 6)).toBe(false);
  expect(minorVersion("1.13.0-rc1")).toBe("1.13");
});

test("asks for an image by the version that its official name bears, and for others by name", () => {
  expect(juliaLine({ image: "julia:1.12" })).toBe('julia = "1.12"');
  expect(juliaLine({ image: "mine/julia:1.12" })).toBe('base = "mine/julia:1.12"');
});
