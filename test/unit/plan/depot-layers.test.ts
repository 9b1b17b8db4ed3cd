import { expect, it } from "vitest";
import { depotLayerCount, depotLayers } from "../../../src/plan/depot-layers.ts";

const packages = (count: number, name = (index: number) => `Package${index}`) =>
  Array.from({ length: count }, (_, index) => ({
    name: name(index),
    uuid: `${index}`,
    version: undefined,
    treeHash: undefined,
  }));

it("a depot of few packages, or of packages that are not known yet, has a layer for each kind", () => {
  const together = { artifacts: 1, compiled: 1, packages: 1, small: 0 };
  expect([undefined, packages(0), packages(7)].map(depotLayers)).toEqual([together, together, together]);
  expect(depotLayerCount(together)).toBe(3);
});

it("a larger one has its compiled files in several layers, and small packages in layers of their own", () => {
  expect(depotLayers(packages(8))).toEqual({ artifacts: 1, compiled: 3, packages: 1, small: 1 });
  expect(depotLayers(packages(63))).toEqual({ artifacts: 1, compiled: 3, packages: 1, small: 1 });
  expect(depotLayers(packages(64))).toEqual({ artifacts: 1, compiled: 6, packages: 2, small: 4 });
  expect(depotLayerCount(depotLayers(packages(64)))).toBe(13);
});

it("artifacts have as many layers as there are packages of binaries, but not too many", () => {
  const counts = [1, 2, 4, 9].map((count) => depotLayers(packages(count, (index) => `Binary${index}_jll`)));
  expect(counts.map(({ artifacts }) => artifacts)).toEqual([1, 2, 4, 4]);
});
