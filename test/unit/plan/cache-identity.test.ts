import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { cacheMountId } from "../../../src/plan/cache-identity.ts";
import type { PlanInputs } from "../../../src/plan/decisions.ts";

interface Variation {
  readonly tables?: string;
  readonly digest?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly platform?: PlanInputs["platform"];
  readonly cacheNamespace?: string;
  readonly cpuTarget?: string;
}

function idOf(variation: Variation = {}): string {
  const { spec } = readSpec({ name: "julia.toml", text: `julia = "1.11"\n${variation.tables ?? ""}` });
  if (spec === undefined) throw new Error("not a spec");
  const config = { os: "linux", architecture: "amd64", config: { Env: ["JULIA_VERSION=1.11.4"] } };
  return cacheMountId(
    {
      spec,
      base: { digest: variation.digest ?? "sha256:a", config: { ...config, ...variation.config } },
      platform: variation.platform ?? { os: "linux", architecture: "amd64" },
      cacheNamespace: variation.cacheNamespace,
    },
    variation.cpuTarget ?? "generic",
  );
}

describe("the id of the cache mount", () => {
  it("begins with what people recognise", () => {
    expect(idOf()).toMatch(/^\/julia-depot-1\/1\.11\.4\/linux\/amd64\/[0-9a-f]{16}$/);
  });

  it.each<[string, Variation]>([
    ["base image", { digest: "sha256:b" }],
    ["Julia", { config: { config: { Env: ["JULIA_VERSION=1.11.5"] } } }],
    ["architecture", { platform: { os: "linux", architecture: "arm64" } }],
    ["variant", { platform: { os: "linux", architecture: "amd64", variant: "v3" } }],
    ["CPU target", { cpuTarget: "native" }],
    ["path of the depot", { tables: '[depot]\npath = "/srv/depot"' }],
    ["content of a base image without a digest", { digest: "", config: { rootfs: { diff_ids: ["x"] } } }],
    ["namespace of the builder", { cacheNamespace: "team-a" }],
  ])("is another one for another %s", (_, variation) => {
    expect(idOf(variation)).not.toBe(idOf());
  });

  it("is the same for whatever cannot change what a depot holds", () => {
    expect(idOf({ tables: 'main = "main.jl"\nuser = "root"\n[env]\nA = "1"' })).toBe(idOf());
  });

  it("is what the spec says, in the namespace, as a Dockerfile's mount would be called", () => {
    expect(idOf({ tables: '[depot]\ncache-id = "x"' })).toBe("/x");
    expect(idOf({ tables: '[depot]\ncache-id = "x"', cacheNamespace: "n" })).toBe("n/x");
  });
});
