import type { Reporter, SerializedError, TestModule } from "vitest/node";
import { testedJulias } from "./tested-julias.ts";

/** What a run of tests came to. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Tests, and files without tests. */
  readonly skipped: number;
}

/**
 * The counts of all tests. Errors outside of tests count as failed: a file that cannot be loaded has no failed test, and
 * still nothing in it has passed.
 */
export function countTests(
  modules: readonly TestModule[],
  unhandledErrors: readonly SerializedError[],
): Counts {
  const states = modules.flatMap(({ children }) =>
    [...children.allTests()].map((test) => test.result().state),
  );
  const count = (state: string): number => states.filter((other) => other === state).length;
  const broken = modules.flatMap((module) =>
    [module, ...module.children.allSuites()].flatMap((part) => part.errors()),
  );
  // Where there is no engine, files of end to end tests define no test at all.
  const withoutTests = modules.filter(
    (module) => module.state() === "skipped" && [...module.children.allTests()].length === 0,
  );
  return {
    passed: count("passed"),
    failed: count("failed") + broken.length + unhandledErrors.length,
    skipped: count("skipped") + count("pending") + withoutTests.length,
  };
}

/** Ends a run with one plain line that a program can read: `N passed, N failed`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const { passed, failed, skipped } = countTests(modules, unhandledErrors);
    if (skipped > 0) {
      console.log(`${skipped} skipped; the reason stands above`);
    }
    for (const line of testedJulias(modules)) console.log(line);
    console.log(`${passed} passed, ${failed} failed`);
  }
}
