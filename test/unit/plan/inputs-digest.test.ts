import { describe, expect, it } from "vitest";
import { inputsDigest } from "../../../src/plan/inputs-digest.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { baseConfig, planned, type Variation } from "./planned.ts";

const digestOf = (variation?: Variation) => inputsDigest(planned(variation));
const resolved = { digest: `sha256:${"a".repeat(64)}`, config: baseConfig };

/** The digest of a plan whose dependency step differs in one member. */
function withStep(change: Partial<Plan["dependencies"]>): string | undefined {
  const plan = planned();
  return inputsDigest({ ...plan, dependencies: { ...plan.dependencies, ...change } });
}

describe("the digest of what the lower layers are made from", () => {
  const digest = digestOf();

  it("is a digest", () => {
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it.each<[string, Variation]>([
    ["where a builder looks for the base", { base: { ...resolved, resolveMode: "local" } }],
    ["whether it pulls it", { base: { ...resolved, resolveMode: "pull" } }],
    ["the name of an index that lists the base", { base: { ...resolved, digest: "" } }],
    ["a step that is to run again", { runAgain: new Set(["depot"]), runId: "another" }],
    ["the cache", { cacheNamespace: "team", text: '[depot]\ncache-id = "other"\n' }],
    ["a seed", { seed: { name: "registry.example.com/app:latest", config: baseConfig } }],
    ["the project's script", { text: 'main = "main.jl"\n' }],
    ["labels", { labels: new Map([["a", "b"]]) }],
    ["files that are left out", { excludes: ["*.md"] }],
  ])("is the same whatever is said of %s", (_what, variation) => {
    expect(digestOf(variation)).toBe(digest);
  });

  it("is another one for every other input", () => {
    const plan = planned();
    const { files, programs, args, env, layers, access } = plan.dependencies;
    const others = {
      "the base's layers": digestOf({
        base: { ...resolved, config: { ...baseConfig, rootfs: { diff_ids: ["sha256:1"] } } },
      }),
      "the base's environment": digestOf({
        base: { ...resolved, config: { ...baseConfig, config: { Env: ["A=1"] } } },
      }),
      "the platform": digestOf({ platform: { os: "linux", architecture: "arm64" } }),
      "a Debian package": digestOf({ text: '[packages]\napt = ["libgomp1"]\n' }),
      "a Debian package of the build": digestOf({ text: '[packages]\nbuild-apt = ["libgomp1"]\n' }),
      "a package": digestOf({ treeHash: "1".repeat(40) }),
      "the processor": digestOf({ text: '[precompile]\ncpu-target = "generic"\n' }),
      "a flag": digestOf({ text: '[precompile]\nflags = ["-O1"]\n' }),
      "a variable": digestOf({ text: '[env]\nA = "1"\n' }),
      "the Pkg server": digestOf({ text: '[pkg]\nserver = "https://pkg.example.com"\n' }),
      "a secret": digestOf({ text: '[secrets.a]\nenv = "B"\n' }),
      "a file": withStep({ files: new Map([...files, ["more", ""]]) }),
      "a program": withStep({ programs: { ...programs, digest: `sha256:${"1".repeat(64)}` } }),
      "an argument": withStep({ args: [...args, "more"] }),
      "the environment": withStep({ env: { ...env, MORE: "1" } }),
      "how many layers there are": withStep({ layers: { ...layers, compiled: 4 } }),
      "the network": withStep({ access: { ...access, network: "none" } }),
    };
    const digests = [digest, ...Object.values(others)];
    const names = ["the plan itself", ...Object.keys(others)];
    const twice = names.filter((_, index) => digests.indexOf(digests[index]) !== index);
    expect(twice).toEqual([]);
    expect(digests).not.toContain(undefined);
  });

  it("is not known where the base's configuration does not name its layers", () => {
    expect(digestOf({ base: { ...resolved, config: { ...baseConfig, rootfs: undefined } } })).toBe(undefined);
    expect(digestOf({ base: { ...resolved, isFiles: true } })).toBe(undefined);
  });
});
