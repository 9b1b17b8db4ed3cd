import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import {
  applicationStepEnvironment,
  dependencyStepEnvironment,
} from "../../../src/plan/build-environment.ts";

describe("the environment of the steps", () => {
  const environments = (shared: Readonly<Record<string, string>>) => {
    const { spec } = readSpec({ name: "julia.toml", text: 'julia = "1.12"\n' });
    if (spec === undefined) throw new Error("the spec has an error");
    const options = { shared, spec, cpuTarget: "generic", project: "/environment", runId: undefined };
    return [dependencyStepEnvironment(options), applicationStepEnvironment(shared, spec, "generic", "/app")];
  };

  it("lets no compiled file depend on how many processors the builder has, unless the spec wants it", () => {
    for (const environment of environments({})) expect(environment.JULIA_IMAGE_THREADS).toBe("4");
    for (const environment of environments({ JULIA_IMAGE_THREADS: "1" }))
      expect(environment.JULIA_IMAGE_THREADS).toBe("1");
  });

  it("is for the processors that the image is made for, whatever the base image says", () => {
    for (const environment of environments({ JULIA_CPU_TARGET: "native" }))
      expect(environment.JULIA_CPU_TARGET).toBe("generic");
  });
});
