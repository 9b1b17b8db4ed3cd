import { expect, it } from "vitest";
import { growths, limitsOf } from "../../../../../bench/big/limits.ts";
import { exampleBig } from "./example.ts";

it("has the exponent of what was measured of two sizes", () => {
  const exponents = growths(exampleBig).map(({ series, figure, exponent }) => [
    ...[series, figure.name],
    Number(exponent.toFixed(3)),
  ]);
  expect(exponents).toEqual([
    ["packages", "plan", 2],
    ["packages", "rebuild", 0],
    // What the smaller build compiled was in the cache of the larger.
    ["packages", "build", 1],
    ["packages", "frontendMemory", 0],
  ]);
});

it("says which limits are exceeded", () => {
  const exceeded = limitsOf(exampleBig).filter(({ value, limit }) => value > limit);
  expect(exceeded.map(({ what }) => what)).toEqual(["planning by packages in the manifest, exponent"]);
  expect(limitsOf(exampleBig).at(-1)).toMatchObject({ value: 120, limit: 120 });
});
