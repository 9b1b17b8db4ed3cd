import { basename } from "node:path";
import type { TestModule } from "vitest/node";
import { minorVersion, newestFirst } from "../engine/julia/julia-image.ts";
import { MADE_FOR } from "../engine/julia/which.ts";

/** The title of the tests of one Julia, as test/e2e/suites.ts gives it. */
const title = /^with Julia (\S+) on the \w+ store$/;

/** Says with which Julia versions the end to end tests ran, with which suites, and which versions were not to be had. */
export function testedJulias(modules: readonly TestModule[]): readonly string[] {
  const ends = modules.filter(({ project }) => project.name === "e2e");
  if (ends.length === 0) return [];
  const suites = suitesByVersion(ends);
  const all = new Set([...suites.values()].flatMap((names) => [...names]));
  const lines = [...suites.keys()].sort(newestFirst).map((version) => {
    const names = [...(suites.get(version) ?? [])].sort();
    const isComplete = names.length === all.size && names.length > 1;
    return `Julia ${version} was tested with ${isComplete ? `all ${names.length} suites` : names.join(", ")}.`;
  });
  const tested = new Set([...suites.keys()].map(minorVersion));
  const missing = MADE_FOR.filter((version) => !tested.has(version));
  return missing.length === 0
    ? lines
    : [...lines, `Not to be had, or not tested: Julia ${missing.join(", ")}.`];
}

/** Names of the test files in which at least one test ran, by the version of Julia. */
function suitesByVersion(modules: readonly TestModule[]): ReadonlyMap<string, ReadonlySet<string>> {
  const suites = new Map<string, Set<string>>();
  for (const module of modules) {
    for (const suite of module.children.allSuites()) {
      const version = title.exec(suite.name)?.[1];
      const ran = [...suite.children.allTests()].some((test) => test.result().state !== "skipped");
      if (version === undefined || !ran) continue;
      const names = suites.get(version) ?? new Set();
      suites.set(version, names.add(basename(module.moduleId, ".test.ts")));
    }
  }
  return suites;
}
