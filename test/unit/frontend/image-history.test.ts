import { expect, it } from "vitest";
import type { Graph, Step } from "../../../src/buildkit/llb/graph.ts";
import { imageHistory } from "../../../src/frontend/image-history.ts";

const step = (digest: string, kind: Step["kind"], base?: string): Step => ({
  digest,
  kind,
  name: `[${digest}]`,
  inputs: base === undefined ? [] : [base],
  base,
});
const graph: Graph = {
  steps: [
    step("image", "source"),
    step("program", "source"),
    step("first", "exec", "image"),
    step("second", "file", "first"),
  ],
};
const platform = { os: "linux", architecture: "amd64" };
const history = [{ created_by: "FROM" }, { created_by: "ENV", empty_layer: true }];
const base = { ...platform, history, rootfs: { type: "layers", diff_ids: ["sha256:1"] } };

it("is the base image's, then a step for each layer", () => {
  expect(imageHistory(base, graph, undefined)).toEqual([
    ...history,
    { created_by: "[first]" },
    { created_by: "[second]" },
  ]);
});

it("has the time that the image is to have", () => {
  const created = "2020-09-13T12:26:40.000Z";
  expect(imageHistory(base, graph, created)?.slice(2)).toEqual([
    { created, created_by: "[first]" },
    { created, created_by: "[second]" },
  ]);
});

it.each([
  ["no history", { ...platform, rootfs: base.rootfs }],
  ["no layers", { ...platform, history }],
  ["another number of layers than its history", { ...base, rootfs: { diff_ids: ["sha256:1", "sha256:2"] } }],
])("is left to the exporter if the base image tells of %s", (_, config) => {
  expect(imageHistory(config, graph, undefined)).toBeUndefined();
});

it("is left to the exporter if the result does not continue a source", () => {
  const merged: Graph = { steps: [step("image", "source"), step("all", "merge")] };
  expect(imageHistory(base, merged, undefined)).toBeUndefined();
});
