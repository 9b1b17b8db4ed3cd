import { expect, it } from "vitest";
import { planText } from "../../../src/answers/plan-text.ts";
import { readExample } from "../../examples/case.ts";

const textOf = (example: string): string =>
  planText(JSON.parse(readExample(example, "expected/plan.json")).plans);

it("says what a workload runs, how long it may take, and where the compiled code is kept", () => {
  expect(textOf("http-service")).toContain(`
├── workload /app/test/warm.jl
│   ├── ended after 300 s
│   └── what it compiles is kept in the package StartupPackage, in /opt/julia/depot/startup
`);
  expect(textOf("hello")).not.toContain("workload");
});
