import { expect, it } from "vitest";
import type { Step } from "../../../../src/buildkit/llb/graph.ts";
import { mainSteps } from "../../../pictures/main-steps.ts";

const step = (name: string, inputs: readonly string[], base?: string): Step => ({
  ...{ digest: name, kind: "exec", name, inputs, base },
});

it("leaves out the frontend's own steps, and lets what needs them need what they need", () => {
  const { steps } = mainSteps({
    steps: [
      step("[base] julia", []),
      step("[internal] settings", ["[base] julia"]),
      step("[internal] load build context", []),
      step(
        "[app] compile",
        ["[internal] settings", "[base] julia", "[internal] load build context"],
        "[base] julia",
      ),
    ],
  });
  expect(steps.map(({ name, inputs }) => [name, inputs])).toEqual([
    ["[base] julia", []],
    ["[internal] load build context", []],
    ["[app] compile", ["[base] julia", "[internal] load build context"]],
  ]);
});
