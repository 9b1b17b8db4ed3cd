import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { startupPackage } from "../../../src/plan/workload.ts";

it("the package has the name that the Julia programs give it", () => {
  const program = readFileSync(new URL("../../../src/julia/lib/startup.jl", import.meta.url), "utf8");
  expect(program).toContain(`"${startupPackage}")`);
});
