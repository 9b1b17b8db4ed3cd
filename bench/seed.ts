// `npm run bench:seed`: builds on an engine without any state but the base image, as on a CI runner that is thrown away: with
// this frontend, with and without a seed, and with the Dockerfiles. Then the ways in which a step could start from a seed.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine-client.ts";
import { provideJulia } from "../test/engine/julia/provide.ts";
import { ensureNodeImage } from "../test/engine/node-image.ts";
import { startFreshEngine } from "../test/engine/private-engine.ts";
import { timedBuild } from "../test/engine/timed-build.ts";
import { type Contender, contenders, type Surroundings } from "./contenders.ts";
import { describeMachine } from "./machine.ts";
import { median } from "./measure.ts";
import { onEngine } from "./on-engine.ts";
import { packages, scenarios } from "./scenarios.ts";
import { seedWays } from "./seed-ways.ts";
import { writeFiles } from "./write-files.ts";

const repetitions = 3;
const [cold, added, changed] = scenarios;
if (cold === undefined || added === undefined || changed === undefined) throw new Error("three scenarios");

interface Way {
  readonly name: string;
  readonly contender: Contender;
  readonly seeded: boolean;
}

const [ours, ...others] = contenders;
const ways: readonly Way[] = [
  { name: `${ours.name} with a seed`, contender: ours, seeded: true },
  ...[ours, ...others].map((contender) => ({ name: contender.name, contender, seeded: false })),
];

await onEngine(packages, async (engine, surroundings, registry) => {
  console.log(await describeMachine(engine));
  const fresh = await startFreshEngine(engine.store);
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  const seed = `${registry}/bench-${randomBytes(4).toString("hex")}:latest`;
  try {
    await ensureNodeImage(fresh);
    await provideJulia(fresh, surroundings.julia.image);
    await pushSeed(engine, folder, surroundings, seed);
    for (const { name, files } of [
      { name: added.name, files: added.files },
      { name: changed.name, files: onlySource(cold.files) },
    ]) {
      await writeFiles(folder, files);
      console.log(`${name}, median of ${repetitions} builds:`);
      for (const way of ways)
        console.log(`  ${way.name}: ${await measure(fresh, folder, surroundings, way, seed)} s`);
    }
    await seedWays(fresh, surroundings.julia, repetitions);
  } finally {
    await fresh.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

/** The project as it was pushed, with a comment more in its source. */
function onlySource(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      path.startsWith("src/") ? `# A line more.\n${text}` : text,
    ]),
  );
}

async function pushSeed(
  engine: Engine,
  folder: string,
  surroundings: Omit<Surroundings, "id">,
  seed: string,
): Promise<void> {
  await writeFiles(folder, cold?.files ?? {});
  await writeFile(join(folder, ours.file), ours.text({ ...surroundings, id: "seed" }));
  const args = ["--push", "--network=host", "--provenance=false", "-f", ours.file, "-t", seed, "."];
  await engine.docker(["buildx", "build", ...args], { cwd: folder });
}

async function measure(
  fresh: Engine,
  folder: string,
  surroundings: Omit<Surroundings, "id">,
  { contender, seeded }: Way,
  seed: string,
): Promise<string> {
  const { file, text } = contender;
  await writeFile(join(folder, file), text({ ...surroundings, id: "seed" }));
  await writeFile(join(folder, ".dockerignore"), `${file}\n.dockerignore\n`);
  const args = seeded ? [`--build-context=depot-seed=docker-image://${seed}`] : [];
  const seconds: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    await fresh.docker(["buildx", "prune", "--all", "--force"]);
    seconds.push((await timedBuild(fresh, { folder, file, tag: "bench-seed", args })).seconds);
    await fresh.docker(["image", "rm", "--force", "bench-seed"]);
  }
  return median(seconds).toFixed(1);
}
