import { describe, expect, it } from "vitest";
import { graphOf } from "../../../src/buildkit/llb/graph.ts";
import { image } from "../../../src/buildkit/llb/index.ts";
import { lower } from "../../../src/lower/lower.ts";
import type { ImageConfig } from "../../../src/plan/image-config.ts";
import { inputsDigest } from "../../../src/plan/inputs-digest.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { findTarget, type TargetName } from "../../../src/request/targets.ts";
import { planned, type Variation } from "./planned.ts";

const name = "registry.example.com/app:latest";
const label = "julia-frontend.stack";

/** Seven steps that left layers, and one that did not. */
const history = [1, 2, 0, 3, 4, 5, 6, 7].map((layer) =>
  layer === 0 ? { created_by: "ENV", empty_layer: true } : { created_by: `layer ${layer}` },
);

/** What the image of a plan is once it is built, by default with two layers of the project. */
function built(plan = planned(), layers = 7): ImageConfig {
  const list = Array.from({ length: layers }, (_, index) => `sha256:${index + 1}`);
  return { ...plan.image, rootfs: { type: "layers", diff_ids: list }, history };
}

function plannedWith(config: ImageConfig, variation: Variation = {}): Plan {
  return planned({ seed: { name, config, hasSingleLayers: true }, ...variation });
}

function target(wanted: TargetName): Variation {
  const found = findTarget(wanted);
  return found === undefined ? {} : { target: found };
}

describe("the lower layers of an image", () => {
  it("are taken from a seed that was made from the same", () => {
    const plan = plannedWith(built());
    expect(plan.dependencies.seed?.layers).toBe(5);
    expect(plan.lowest).toMatchObject({
      rootfs: { diff_ids: ["sha256:1", "sha256:2", "sha256:3", "sha256:4", "sha256:5"] },
    });
    expect(plan.lowest.history).toEqual(history.slice(0, 6));
    const lowest = (layerLimit: number) => image(name, { name: "taken", layerLimit });
    const project = { kind: "local", name: "context", session: "s", sharedKeyHint: "" } as const;
    const definition = lower(plan, { project, seed: { lowest } }, { stepDefaults: {} });
    const names = graphOf(definition).steps.map((step) => step.name);
    expect(names).toContain("taken");
    expect(names.filter((step) => /^\[(base|depot)\]/.test(step))).toEqual([]);
  });

  it("are one more with Debian packages", () => {
    const text = '[packages]\napt = ["libgomp1"]\n';
    expect(plannedWith(built(planned({ text }), 8), { text }).dependencies.seed?.layers).toBe(6);
  });

  it.each<[string, ImageConfig]>([
    ["is of another digest", built(planned({ treeHash: "1".repeat(40) }))],
    ["says nothing", { ...built(), config: {} }],
    ["is on another base", { ...built(), rootfs: { diff_ids: ["sha256:9", "sha256:2", "3", "4", "5"] } }],
    ["has too few layers", built(undefined, 4)],
    ["has no list of layers", { ...built(), rootfs: undefined }],
  ])("are made anew if the seed %s", (_what, config) => {
    const plan = plannedWith(config);
    expect(plan.dependencies.seed).not.toHaveProperty("layers");
    expect(plan.lowest).toBe(plan.base.config);
  });

  it.each<[string, Variation]>([
    ["the seed cannot be had by layers", { seed: { name, config: built() } }],
    ["a step is to run again", { runAgain: new Set(["depot"]) }],
    ["the build chooses the versions", { treeHash: null }],
    ["only the depot is wanted", target("depot")],
  ])("are made anew if %s", (_what, variation) => {
    const config = built(planned(variation));
    expect(plannedWith(config, variation).dependencies.seed).not.toHaveProperty("layers");
  });

  it("are named in the labels of images, not of what is no image", () => {
    const labelOf = (wanted: TargetName) => planned(target(wanted)).image.config?.Labels?.[label];
    const digest = inputsDigest(planned());
    expect(labelOf("app")).toBe(digest);
    expect(labelOf("deps")).toBe(digest);
    expect(labelOf("depot")).toBe(undefined);
    expect(labelOf("test")).toBe(undefined);
  });

  it("are taken for the tests too", () => {
    expect(plannedWith(built(), target("test")).dependencies.seed?.layers).toBe(5);
  });
});
