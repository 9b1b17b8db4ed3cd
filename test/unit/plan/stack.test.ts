import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { graphOf } from "../../../src/buildkit/llb/graph.ts";
import { image, local, marshal } from "../../../src/buildkit/llb/index.ts";
import { lower } from "../../../src/lower/lower.ts";
import { stackDigest, stackOf } from "../../../src/lower/stack.ts";
import type { ImageConfig } from "../../../src/plan/image-config.ts";
import { makePlan, type PlanInputs } from "../../../src/plan/make-plan.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { inAnyRun, withStack } from "../../../src/plan/stack.ts";
import { readLoadedProject } from "../../../src/project/read-loaded-project.ts";
import { nothingGiven } from "../../../src/project/read-project.ts";
import type { StepDefaults } from "../../../src/request/step-defaults.ts";

const uuid = "7876af07-990d-54b4-ab0e-23690620f79a";
const platform = { os: "linux", architecture: "amd64" };
const base: ImageConfig = { ...platform, rootfs: { type: "layers", diff_ids: ["sha256:1", "sha256:2"] } };
const manifest = `manifest_format = "2.0"\n[[deps.Example]]\ngit-tree-sha1 = "${"0".repeat(40)}"\nuuid = "${uuid}"\n`;

interface Variation extends Partial<PlanInputs> {
  readonly text?: string;
  readonly manifest?: string | undefined;
}

function planOf({ text = "", ...variation }: Variation = {}) {
  const { spec } = readSpec({ name: "julia.toml", text: `julia = "1.11"\n${text}` });
  const manifestText = "manifest" in variation ? variation.manifest : manifest;
  const { value: project } = readLoadedProject(
    {
      folder: ".",
      projectFile: { name: "Project.toml", text: `[deps]\nExample = "${uuid}"\n` },
      manifest: manifestText === undefined ? undefined : { name: "Manifest.toml", text: manifestText },
      localPreferences: undefined,
      workspace: undefined,
      above: [],
    },
    { julia: undefined, given: nothingGiven, looks: new Map() },
  );
  if (spec === undefined || project === undefined) throw new Error("spec and project are right");
  return makePlan({
    target: "app",
    platform,
    spec,
    project,
    base: { digest: `sha256:${"a".repeat(64)}`, config: base },
    seed: { name: "registry.example.com/app:latest" },
    labels: new Map(),
    excludes: [],
    cacheNamespace: undefined,
    runAgain: new Set(),
    runId: "session",
    ...variation,
  });
}

function digestOf(plan: Plan, defaults: StepDefaults = {}): string {
  return stackDigest(stackOf(plan, {}, defaults), plan.base.config, { platform });
}

const digest = digestOf(planOf());

/** Seven steps that left layers, and one that did not. */
const history = [1, 2, 0, 3, 4, 5, 6, 7].map((layer) =>
  layer === 0 ? { created_by: "ENV", empty_layer: true } : { created_by: `layer ${layer}` },
);

/** What an image of that plan is once it is built, with two layers of the project. */
function built(plan = withStack(planOf(), { digest, seed: undefined }), layers = 7): ImageConfig {
  const list = Array.from({ length: layers }, (_, index) => `sha256:${index + 1}`);
  return { ...plan.image, rootfs: { type: "layers", diff_ids: list }, history };
}

describe("the stack of an image", () => {
  it("is taken from a seed that was made from the same", () => {
    const plan = withStack(planOf(), { digest, seed: built() });
    expect(plan.dependencies.seed?.layers).toBe(5);
    const stack = image("registry.example.com/app:latest", { name: "stack", layerLimit: 5 });
    const output = lower(plan, { context: local("context", { session: "s" }), stack }, {});
    expect(plan.stack).toMatchObject({
      rootfs: { diff_ids: ["sha256:1", "sha256:2", "sha256:3", "sha256:4", "sha256:5"] },
    });
    expect(plan.stack?.history).toEqual(history.slice(0, 6));
    const names = graphOf(marshal(output, { platform })).steps.map(({ name }) => name);
    expect(names).toContain("stack");
    expect(names.filter((name) => /^\[(base|depot)\]/.test(name))).toEqual([]);
  });

  it("has one more layer with Debian packages", () => {
    const text = '[packages]\napt = ["libgomp1"]\n';
    const own = digestOf(planOf({ text }));
    const seed = built(withStack(planOf({ text }), { digest: own, seed: undefined }), 8);
    expect(withStack(planOf({ text }), { digest: own, seed }).dependencies.seed?.layers).toBe(6);
  });

  it.each<[string, ImageConfig | undefined]>([
    ["is of another digest", built(withStack(planOf(), { digest: "sha256:other", seed: undefined }))],
    ["says nothing", { ...built(), config: {} }],
    ["is on another base", { ...built(), rootfs: { diff_ids: ["sha256:9", "sha256:2", "3", "4", "5"] } }],
    ["has too few layers", built(undefined, 4)],
    ["has no list of layers", { ...built(), rootfs: undefined }],
    ["cannot be had by layers", undefined],
  ])("is made anew if the seed %s", (_what, seed) => {
    expect(withStack(planOf(), { digest, seed }).dependencies.seed).not.toHaveProperty("layers");
  });

  it.each<[string, Variation]>([
    ["a step is to run again", { runAgain: new Set(["depot"]) }],
    ["the build chooses the versions", { manifest: undefined }],
    ["only the depot is wanted", { target: "depot" }],
  ])("is made anew if %s", (_what, variation) => {
    const plan = planOf(variation);
    const own = digestOf(plan);
    expect(withStack(plan, { digest: own, seed: built() }).dependencies.seed).not.toHaveProperty("layers");
  });

  it("is the same when steps are to run again", () => {
    const plan = planOf({ runAgain: new Set(["depot"]) });
    expect(digestOf(plan)).not.toBe(digest);
    expect(digestOf(inAnyRun(plan))).toBe(digest);
  });

  it("is known by a digest that the project's sources and the seed are no part of", () => {
    const of = (variation: Variation) => digestOf(planOf(variation));
    expect(of({ excludes: ["*.md"], labels: new Map([["a", "b"]]), text: 'main = "main.jl"\n' })).toBe(
      digest,
    );
    expect(of({ seed: undefined })).toBe(digest);
    const resolved = { digest: `sha256:${"a".repeat(64)}`, config: base };
    for (const resolveMode of ["local", "pull"] as const) {
      expect(of({ base: { ...resolved, resolveMode } })).toBe(digest);
    }
    const differing = [
      of({ text: '[packages]\napt = ["libgomp1"]\n' }),
      of({ text: '[precompile]\ncpu-target = "generic"\n' }),
      of({ manifest: manifest.replace(/0{40}/, "1".repeat(40)) }),
      of({ base: { digest: `sha256:${"a".repeat(64)}`, config: { ...base, rootfs: {} } } }),
      of({ base: { digest: `sha256:${"b".repeat(64)}`, config: base, resolveMode: "local" } }),
      digestOf(planOf(), { network: "none" }),
    ];
    expect(new Set([digest, ...differing]).size).toBe(differing.length + 1);
  });

  it("is named in the labels of images, not of what is no image", () => {
    const label = (target: PlanInputs["target"]) =>
      withStack(planOf({ target }), { digest, seed: undefined }).image.config?.Labels?.[
        "julia-frontend.stack"
      ];
    expect(label("app")).toBe(digest);
    expect(label("deps")).toBe(digest);
    expect(label("depot")).toBe(undefined);
    expect(label("test")).toBe(undefined);
  });
});
