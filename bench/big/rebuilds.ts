import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../../test/engine/engine-client.ts";
import type { Files } from "../../test/engine/resolver/project-request.ts";
import { timedBuild } from "../../test/engine/timed-build.ts";
import { frontendSpec, type Surroundings, specFile } from "../frontend-spec.ts";
import { median } from "../measure.ts";
import { watchSteps } from "../step-memory.ts";
import { writeFiles } from "../write-files.ts";
import type { BigPoint } from "./results.ts";

export type Built = Pick<BigPoint, "build" | "compiled" | "rebuild" | "stepMemory">;

async function withProject<T>(
  surroundings: Surroundings,
  files: Files,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  try {
    await writeFiles(folder, { ...files, [specFile]: frontendSpec(surroundings) });
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds a project, and then again without a change. */
export async function buildAndRebuild(
  engine: Engine,
  surroundings: Surroundings,
  files: Files,
  repetitions: number,
): Promise<Built> {
  return withProject(surroundings, files, async (folder) => {
    const steps = watchSteps();
    const first = await timedBuild(engine, { folder, file: specFile });
    const stepMemory = steps.stop();
    const compiled = Number(/^#\d+ [\d.]+ .*compiling \[\d+\/(\d+)\]/m.exec(first.log)?.[1] ?? 0);
    const times = [];
    for (let repetition = 0; repetition < repetitions; repetition++)
      times.push((await timedBuild(engine, { folder, file: specFile })).seconds);
    return {
      ...{ build: first.seconds, compiled, rebuild: median(times) },
      ...(stepMemory === undefined ? {} : { stepMemory }),
    };
  });
}

/** Seconds of a bake file of so many targets for one platform, of which every step was run before. */
export async function rebuildAtOnce(
  engine: Engine,
  surroundings: Surroundings,
  files: Files,
  { count, repetitions }: { readonly count: number; readonly repetitions: number },
): Promise<Built> {
  return withProject(surroundings, files, async (folder) => {
    await writeFile(join(folder, "bake.json"), bakeFile(count));
    const args = ["buildx", "bake", "--progress=plain", "--allow=network.host", "-f", "bake.json"];
    const times = [];
    for (let repetition = 0; repetition <= repetitions; repetition++) {
      const start = performance.now();
      await engine.docker(args, { cwd: folder });
      // The first runs what no build before it has run.
      if (repetition > 0) times.push((performance.now() - start) / 1000);
    }
    return { rebuild: median(times) };
  });
}

/** Targets that differ by a label, every second one without the project. */
function bakeFile(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `build-${index}`);
  const target = (index: number) => ({
    ...{ context: ".", dockerfile: specFile, network: "host", output: ["type=cacheonly"] },
    ...{ target: index % 2 === 0 ? "app" : "deps", labels: { number: String(index) } },
  });
  return JSON.stringify({
    group: { default: { targets: names } },
    target: Object.fromEntries(names.map((name, index) => [name, target(index)])),
  });
}
