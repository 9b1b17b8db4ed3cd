import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { expect, it } from "vitest";
import { readSpec } from "../../src/spec/read-spec.ts";
import { resolveProject } from "../engine/packages/manifest.ts";
import { STANDARD_PACKAGES } from "../engine/packages/standard.ts";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../../examples", path), "utf8");

it("the manifest of examples/hello names the packages that the demo serves", () => {
  const project = parse(read("hello/Project.toml")) as {
    readonly name: string;
    readonly uuid: string;
    readonly version: string;
    readonly deps: Readonly<Record<string, string>>;
  };
  const { projectToml, manifestToml } = resolveProject(STANDARD_PACKAGES, {
    ...project,
    deps: Object.keys(project.deps),
  });
  expect(read("hello/Project.toml")).toBe(projectToml);
  expect(read("hello/Manifest.toml")).toBe(manifestToml);
});

it("the spec of examples/hello has two lines and no fault", () => {
  const text = read("hello/julia.toml");
  expect(text.trimEnd().split("\n")).toHaveLength(2);
  const { spec, diagnostics } = readSpec({ name: "julia.toml", text }, new Map());
  expect(diagnostics).toEqual([]);
  expect(spec?.julia?.text).toBe("1.5.3");
});
