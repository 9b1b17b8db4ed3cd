import { expect, it } from "vitest";
import type { TestModule } from "vitest/node";
import { testedJulias } from "../../../tools/tested-julias.ts";

/** A test file whose suites have one test each. */
function module(name: string, suites: Readonly<Record<string, string>>, project = "e2e"): TestModule {
  const all = Object.entries(suites).map(([title, state]) => ({
    name: title,
    children: { allTests: () => [{ result: () => ({ state }) }] },
  }));
  const moduleId = `/repository/test/e2e/${name}.test.ts`;
  return {
    moduleId,
    project: { name: project },
    children: { allSuites: () => all },
  } as unknown as TestModule;
}

const newest = { "with Julia 1.12.5 on the containerd store": "passed" };
const both = { ...newest, "with Julia 1.10.10 on the containerd store": "failed" };

it("names the suites of each version, and the versions without any", () => {
  const modules = [module("layers", both), module("seed", newest), module("table", {}, "unit")];
  expect(testedJulias(modules)).toEqual([
    "Julia 1.12.5 was tested with all 2 suites.",
    "Julia 1.10.10 was tested with layers.",
    "Not to be had, or not tested: Julia 1.11, 1.13.",
  ]);
});

it("takes no version for tested with which every test was skipped", () => {
  const skipped = module("layers", { "with Julia 1.12.5 on the overlay2 store": "skipped" });
  expect(testedJulias([skipped])).toEqual(["Not to be had, or not tested: Julia 1.10, 1.11, 1.12, 1.13."]);
});

it("says nothing of a run without end to end tests", () => {
  expect(testedJulias([module("table", {}, "unit")])).toEqual([]);
});
