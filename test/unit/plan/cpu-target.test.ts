import { describe, expect, it } from "vitest";
import { parseJuliaVersion } from "../../../src/julia/julia-version.ts";
import { portableCpuTarget } from "../../../src/plan/cpu-target.ts";

const target = (architecture: string, julia?: string) =>
  portableCpuTarget(
    { os: "linux", architecture },
    julia === undefined ? undefined : parseJuliaVersion(julia),
  );

describe("the CPU target", () => {
  it.each([
    ["amd64", "generic"],
    ["arm64", "generic"],
    ["386", "pentium4"],
    ["arm", "armv7-a"],
    ["ppc64le", "pwr8"],
    ["riscv64", "generic"],
  ])("for %s begins with code for every processor: %s", (architecture, first) => {
    expect(target(architecture).split(";")[0]).toBe(first);
  });

  it("names a processor only to a Julia that knows it", () => {
    expect(target("arm64", "1.7.3")).not.toContain("apple-m1");
    expect(target("arm64", "1.8.0")).toMatch(/;carmel,clone_all;apple-m1,base\(3\)$/);
    expect(target("arm64")).toBe(target("arm64", "1.12.4"));
  });

  it("refers by base() to a target that is there", () => {
    for (const architecture of ["amd64", "arm64", "386", "arm"]) {
      const targets = target(architecture).split(";");
      for (const [, base] of target(architecture).matchAll(/base\((\d+)\)/g)) {
        expect(targets[Number(base)]).toContain("clone_all");
      }
    }
  });

  it("never names the builder's own processor, nor one that Julia 1.12 has no entry for", () => {
    for (const architecture of ["amd64", "arm64", "386", "arm", "ppc64le"]) {
      expect(target(architecture)).not.toMatch(/native|x86-64-v|neoverse-512tvb/);
    }
  });
});
