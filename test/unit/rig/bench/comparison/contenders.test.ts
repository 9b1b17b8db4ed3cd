import { expect, it } from "vitest";
import { contenders } from "../../../../../bench/comparison/contenders.ts";

const recipe = {
  julia: { image: "julia:1.12", version: "1.12.5", id: "sha256:0" },
  ...{ server: "http://pkg.test", frontend: "frontend", id: "bench-1", cpuTarget: "generic" },
};

it.each(contenders)("$name compiles for the same processors and asks the same server", ({ text }) => {
  const built = text({ ...recipe, application: "Mills" });
  expect(built).toMatch(/(JULIA_CPU_TARGET=|cpu-target = ")generic/);
  expect(built).toContain("http://pkg.test");
});

it.each(contenders.filter(({ file }) => file === "Dockerfile"))(
  "$name compiles the project if it is a package",
  ({ text }) => {
    expect(text({ ...recipe, application: "Mills" })).toContain("RUN julia -e 'import Mills'");
    expect(text({ ...recipe, application: undefined })).not.toContain("import");
  },
);

it.each(contenders)("$name can stand in a list of names", ({ name }) => {
  expect(name).not.toContain(",");
});
