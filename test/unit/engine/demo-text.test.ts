import { expect, it } from "vitest";
import { stepTable, summaryTable } from "../../engine/demo-text.ts";

it("shows the steps that a person knows, with their time or that they were reused", () => {
  const step = (name: string, cached: boolean, seconds: number) => ({ name, cached, seconds, output: [] });
  const table = stepTable([
    step("[internal] load .dockerignore", false, 0),
    step("[depot] programs of the dependency step", true, 0),
    step("[depot] install and precompile 2 packages", false, 12.34),
    step("[app] copy Hello", true, 0),
  ]);
  expect(table.split("\n")).toEqual([
    "[depot] install and precompile 2 packages  12.3 s",
    "[app] copy Hello                           reused",
  ]);
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
