import { entryArguments } from "../entry-point.ts";
import { planning, runFrontend } from "../frontend-run.ts";
import { median } from "../measure.ts";
import type { BigPoint } from "./results.ts";

type Files = Readonly<Record<string, string>>;

/** What the frontend's process costs, against a BuildKit that answers at once. */
export type Alone = Pick<BigPoint, "plan" | "frontendMemory">;

/** One build of a project, several times. Of its time only planning counts. */
export async function planAlone(files: Files, repetitions: number): Promise<Alone> {
  const runs = [];
  for (let run = 0; run < repetitions; run++) runs.push(await runFrontend(entryArguments, files));
  return {
    plan: median(runs.map(({ calls }) => planning(calls))) / 1000,
    frontendMemory: Math.max(...runs.map(({ peakMemory }) => peakMemory)) * 1e6,
  };
}

const targets = ["app", "deps", "depot"] as const;
const platforms = ["linux/amd64", "linux/arm64"];

/**
 * As many builds at once as a bake file of so many platforms and targets asks for: each is for both platforms. The time is that
 * until the last is planned, with the start of every process.
 */
export async function planAtOnce(files: Files, count: number, repetitions: number): Promise<Alone> {
  const samples = [];
  for (let run = 0; run < repetitions; run++) {
    const start = performance.now();
    const runs = await Promise.all(
      Array.from({ length: count / platforms.length }, (_, index) =>
        runFrontend(entryArguments, files, {
          target: targets[index % targets.length] ?? "app",
          platform: platforms.join(","),
        }),
      ),
    );
    const seconds = (performance.now() - start) / 1000;
    samples.push({ seconds, memory: Math.max(...runs.map(({ peakMemory }) => peakMemory)) });
  }
  return {
    plan: median(samples.map(({ seconds }) => seconds)),
    frontendMemory: Math.max(...samples.map(({ memory }) => memory)) * 1e6,
  };
}
