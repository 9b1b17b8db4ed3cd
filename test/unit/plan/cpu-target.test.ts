import { expect, it } from "vitest";
import { portableCpuTarget } from "../../../src/plan/cpu-target.ts";

it.each(["amd64", "arm64", "386", "riscv64"])(
  "the CPU target for %s begins with code for every processor",
  (architecture) => {
    const [first] = portableCpuTarget({ os: "linux", architecture }).split(";");
    expect(first).toBe(architecture === "386" ? "pentium4" : "generic");
  },
);

it("never names the builder's own processor", () => {
  for (const architecture of ["amd64", "arm64", "386", "ppc64le"]) {
    expect(portableCpuTarget({ os: "linux", architecture })).not.toContain("native");
  }
});
