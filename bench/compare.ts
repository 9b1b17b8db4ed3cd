// `npm run bench`: builds one generated project in three ways on a real engine, in turn and in one run, and prints a table.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Engine } from "../test/engine/engine-client.ts";
import { removeCaches, timedBuild } from "../test/engine/timed-build.ts";
import { type Contender, contenders, type Surroundings } from "./contenders.ts";
import { describeMachine } from "./machine.ts";
import { onEngine } from "./on-engine.ts";
import { packages, scenarios } from "./scenarios.ts";
import { markdownTable, type Seconds } from "./table.ts";
import { writeFiles } from "./write-files.ts";

const repetitions = 3;
const resultFile = fileURLToPath(new URL("results.json", import.meta.url));

await onEngine(packages, async (engine, surroundings) => {
  const seconds = await measureAll(engine, surroundings);
  const machine = await describeMachine(engine);
  console.log(
    `\nMedian of ${repetitions} builds in seconds, wall time of docker buildx build.\n${machine}\n`,
  );
  console.log(markdownTable(seconds));
  await writeFile(resultFile, `${JSON.stringify({ machine, repetitions, seconds }, null, 2)}\n`);
});

/** In turn, so that a machine that grows slower or faster meanwhile does so for everyone. */
async function measureAll(engine: Engine, surroundings: Omit<Surroundings, "id">): Promise<Seconds> {
  const seconds = Object.fromEntries(
    contenders.map(({ name }) => [
      name,
      Object.fromEntries(scenarios.map((scenario) => [scenario.name, []])),
    ]),
  ) as Record<string, Record<string, number[]>>;
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    for (const contender of contenders) {
      const times = await measure(engine, contender, surroundings);
      const text = times.map(([scenario, time]) => `${scenario} ${time.toFixed(1)} s`).join(", ");
      console.log(`${repetition}/${repetitions} ${contender.name}: ${text}`);
      for (const [scenario, time] of times) {
        seconds[contender.name]?.[scenario]?.push(time);
      }
    }
  }
  return seconds;
}

/** Times one contender through all scenarios, with layers and a cache that no other build has. */
async function measure(
  engine: Engine,
  { file, text }: Contender,
  surroundings: Omit<Surroundings, "id">,
): Promise<readonly (readonly [scenario: string, seconds: number])[]> {
  const id = `bench-${randomBytes(4).toString("hex")}`;
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  const times: (readonly [string, number])[] = [];
  try {
    await writeFile(join(folder, ".dockerignore"), `${file}\n.dockerignore\n`);
    await writeFile(join(folder, file), text({ ...surroundings, id }));
    for (const { name, files } of scenarios) {
      await writeFiles(folder, files);
      const { seconds } = await timedBuild(engine, { folder, file, tag: id });
      times.push([name, Math.round(seconds * 100) / 100]);
    }
    await engine.docker(["run", "--rm", "--network=none", id, "julia", "main.jl"]);
  } finally {
    await engine.docker(["image", "rm", "--force", id], { check: false });
    await removeCaches(engine, id);
    await rm(folder, { recursive: true, force: true });
  }
  return times;
}
