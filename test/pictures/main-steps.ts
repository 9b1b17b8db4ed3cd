import type { Graph } from "../../src/buildkit/llb/graph.ts";

/** Small steps that ready what others need, and that a progress display shows as the frontend's own. */
const own = /^\[internal\] (?!load build context)/;

/** A graph without the frontend's own steps: what needs one of them needs what that one needs. */
export function mainSteps({ steps }: Graph): Graph {
  const shown = new Map<string, readonly string[]>();
  for (const { digest, name, inputs } of steps) {
    const needed = inputs.flatMap((input) => shown.get(input) ?? []);
    shown.set(digest, own.test(name) ? needed : [digest]);
  }
  return {
    steps: steps
      .filter(({ name }) => !own.test(name))
      .map((step) => ({
        ...step,
        inputs: [...new Set(step.inputs.flatMap((input) => shown.get(input) ?? []))],
      })),
  };
}
