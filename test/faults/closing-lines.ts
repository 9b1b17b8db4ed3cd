import type { Reporter, TestModule } from "vitest/node";
import { sumOf } from "./tally.ts";

/** Says at the end of a run what was done to how many builds. */
export default class ClosingLines implements Reporter {
  private start = 0;

  onTestRunStart(): void {
    this.start = performance.now();
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap(({ children }) => [...children.allTests()]);
    const sum = sumOf(tests.map((test) => test.meta().tally ?? {}));
    const seed = modules[0]?.project.getProvidedContext().faults?.seed;
    const minutes = (performance.now() - this.start) / 60_000;
    for (const [what, number] of Object.entries(sum).sort()) console.log(`${what}: ${number}`);
    console.log(`FAULTS_SEED=${seed}, ${minutes.toFixed(1)} minutes`);
  }
}
