import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { resolveProject } from "../../../engine/packages/manifest.ts";
import { STANDARD_PACKAGES, UUIDS } from "../../../engine/packages/standard.ts";

test("takes the highest versions that the packages allow each other", () => {
  const project = resolveProject(STANDARD_PACKAGES, { deps: ["Greetings"] });
  // Colours has a 2.0.0, which Greetings excludes.
  expect(project.packages.map(({ name, version }) => `${name} ${version}`)).toEqual([
    "Colours 1.1.0",
    "Greetings 1.1.0",
  ]);
  expect(parse(project.projectToml)).toEqual({ deps: { Greetings: UUIDS.Greetings } });
});

test("lists standard libraries with theirs, and writes lists as Pkg does", () => {
  const { manifestToml } = resolveProject(STANDARD_PACKAGES, { deps: ["Almanac"] });
  expect(Object.keys(parse(manifestToml))).toEqual(["Almanac", "Dates", "Printf", "Tally", "Unicode"]);
  expect(manifestToml).toContain('[[Almanac]]\ndeps = ["Dates", "Tally"]\ngit-tree-sha1 = "');
});

test("takes a pinned version", () => {
  const project = resolveProject(STANDARD_PACKAGES, { deps: ["Colours"], pins: { Colours: "1.0.0" } });
  expect(project.packages[0]?.version).toBe("1.0.0");
});

test("writes format 2.0 with the version of Julia and weak dependencies", () => {
  const { manifestToml } = resolveProject(STANDARD_PACKAGES, {
    deps: ["Tally"],
    manifestFormat: "2.0",
    juliaVersion: "1.10.8",
  });
  expect(parse(manifestToml)).toMatchObject({
    julia_version: "1.10.8",
    manifest_format: "2.0",
    deps: { Tally: [{ uuid: UUIDS.Tally, weakdeps: ["Colours"] }] },
  });
});

test("refuses versions that exclude each other and names that nobody has", () => {
  const clash = { deps: ["Greetings"], pins: { Colours: "2.0.0" } };
  expect(() => resolveProject(STANDARD_PACKAGES, clash)).toThrow("no Colours 2.0.0 within 1.0");
  expect(() => resolveProject(STANDARD_PACKAGES, { deps: ["Nobody"] })).toThrow("no Nobody");
});
