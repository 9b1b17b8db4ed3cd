import type { BigResults } from "../../../../../bench/big/results.ts";

const memory = 60e6;

/** Planning grows with the square of the packages, everything else is linear or does not grow. */
export const exampleBig: BigResults = {
  date: "2026-01-02T03:04:05.000Z",
  machine: "a machine",
  julia: "1.12.5",
  repetitions: 3,
  points: [
    {
      series: "packages",
      size: 10,
      plan: 0.1,
      frontendMemory: memory,
      rebuild: 0.5,
      build: 10,
      compiled: 10,
    },
    {
      series: "packages",
      size: 100,
      plan: 10,
      frontendMemory: memory,
      rebuild: 0.5,
      build: 90,
      compiled: 90,
    },
    { series: "packages", size: 1000, plan: 1000, frontendMemory: memory },
    { series: "files", size: 10, plan: 0.1, frontendMemory: 2 * memory, rebuild: 0.5, stepMemory: 5e8 },
  ],
};
