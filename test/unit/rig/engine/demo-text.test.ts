import { expect, it } from "vitest";
import { stepTable, summaryTable } from "../../../engine/demo-text.ts";

const step = (name: string, cached: boolean, seconds: number, output: readonly string[] = []) => ({
  ...{ name, cached, seconds, output },
});

it("shows the steps that a person knows, with their time or that they were reused", () => {
  const table = stepTable([
    step("[internal] load .dockerignore", false, 0),
    step("[depot] programs of the dependency step", true, 0),
    step("[depot] install and precompile 2 packages", false, 12.34, ["2 packages in the manifest"]),
    step("[app] copy Hello", true, 0),
  ]);
  expect(table.split("\n")).toEqual([
    "[depot] install and precompile 2 packages  12.3 s",
    "[app] copy Hello                           reused",
  ]);
});

it("shows once a step that BuildKit shows twice", () => {
  const copy = "[depot] copy artifacts";
  expect(stepTable([step(copy, true, 0), step(copy, false, 0.2)])).toBe(`${copy}  0.2 s`);
  expect(stepTable([step(copy, false, 0.2), step(copy, true, 0)])).toBe(`${copy}  0.2 s`);
});

it("takes a command that printed nothing for reused", () => {
  const install = "[depot] install and precompile 2 packages";
  expect(stepTable([step(install, false, 0)])).toBe(`${install}  reused`);
});

it("sums up what each build cost", () => {
  const table = summaryTable(
    new Map([
      ["first build", { seconds: 9.96, downloaded: ["A", "B"], compiled: ["A", "B"] }],
      ["nothing changed", { seconds: 0.5, downloaded: [], compiled: [] }],
    ]),
  );
  expect(table.split("\n").map((line) => line.trimEnd())).toEqual([
    "                 time    downloaded  compiled",
    "first build      10.0 s  A, B        A, B",
    "nothing changed  0.5 s   nothing     nothing",
  ]);
});
