import { expect, it } from "vitest";
import type { TestModule } from "vitest/node";
import { countTests } from "../../../tools/closing-line.ts";

function module(
  states: readonly string[],
  errors: readonly unknown[] = [],
  suiteErrors: readonly unknown[] = [],
) {
  const tests = states.map((state) => ({ result: () => ({ state }) }));
  const children = {
    allTests: () => tests,
    allSuites: () => [{ errors: () => suiteErrors }],
    size: states.length,
  };
  const state = () => (errors.length > 0 ? "failed" : states.length > 0 ? "passed" : "skipped");
  return { children, state, errors: () => errors } as unknown as TestModule;
}

it("counts the tests of all files", () => {
  const modules = [module(["passed", "failed", "skipped"]), module(["passed"])];
  expect(countTests(modules, [])).toEqual({ passed: 2, failed: 1, skipped: 1 });
});

it("counts a file in which nothing can run as skipped", () => {
  expect(countTests([module([]), module(["passed"])], [])).toEqual({ passed: 1, failed: 0, skipped: 1 });
});

it("counts a file that cannot be loaded, a hook that throws and an error that nobody caught as failed", () => {
  const error = { message: "no such module" };
  const modules = [module([], [error]), module(["skipped"], [], [error])];
  expect(countTests(modules, [error])).toEqual({ passed: 0, failed: 3, skipped: 1 });
});
