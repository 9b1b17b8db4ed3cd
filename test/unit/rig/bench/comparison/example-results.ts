import type { Measurement, Results } from "../../../../../bench/comparison/results.ts";

/** A measurement with these seconds, of images that are right. */
export function measurement(
  [project, name, contender]: readonly [project: string, name: string, contender: string],
  seconds: readonly number[],
  more: Partial<Measurement> = {},
): Measurement {
  return {
    ...{ julia: "1.12.5", project, case: name, contender },
    ...{ date: "2026-01-02T03:04:05.000Z", machine: "a machine" },
    samples: seconds.map((each) => ({ seconds: each, images: 1, rightImages: 1 })),
    ...more,
  };
}

const frontend = "this frontend";
const shared = "shared-cache Dockerfile";
const plain = "plain Dockerfile";

/** Two projects, of which the frontend keeps some bars and exceeds others. */
export const exampleResults: Results = {
  measurements: [
    measurement(["orders", "cold", plain], [90, 110, 100]),
    measurement(["orders", "cold", shared], [100, 100, 100]),
    measurement(["orders", "cold", frontend], [80, 60, 70]),
    measurement(["orders", "one dependency added", plain], [100]),
    measurement(["orders", "one dependency added", shared], [10]),
    measurement(["orders", "one dependency added", frontend], [8]),
    measurement(["generated-5", "cold", frontend], [5]),
    measurement(["generated-25", "cold", frontend], [20]),
  ],
};
