import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../test/engine/engine-client.ts";
import type { BenchProject } from "./projects.ts";
import type { Sample } from "./results.ts";
import type { Stage } from "./stage.ts";

const loadWithoutCompiling = readFileSync(join(import.meta.dirname, "load-without-compiling.jl"), "utf8");

/** Whether an image loads what it is for, without network, and without compiling anything. */
export async function isRight(engine: Engine, tag: string, { load }: BenchProject): Promise<boolean> {
  const run = ["run", "--rm", "--network=none", "--entrypoint=julia"];
  const { code, stderr } = await engine.docker([...run, tag, "-e", loadWithoutCompiling, load], {
    check: false,
  });
  if (code !== 0)
    console.log(`${tag} is not right (code ${code}): ${stderr.split("\n").slice(0, 3).join(" ")}`);
  return code === 0;
}

/** Seconds of a container that loads the project and ends. */
export async function startUp(engine: Engine, tag: string, { load }: BenchProject): Promise<number> {
  const start = performance.now();
  await engine.docker(["run", "--rm", "--network=none", "--entrypoint=julia", tag, "-e", load]);
  return seconds(start);
}

export function seconds(start: number): number {
  return (performance.now() - start) / 1000;
}

/** What a registry is sent which has what was pushed before, and the image's size. */
export async function pushed(
  { engine, sink }: Stage,
  tag: string,
): Promise<Required<Pick<Sample, "pushed" | "imageBytes">>> {
  const name = `${sink.address}/bench:latest`;
  await engine.docker(["tag", tag, name]);
  try {
    await engine.docker(["push", "--quiet", name]);
  } finally {
    await engine.docker(["image", "rm", name], { check: false });
  }
  const { sent, own } = sink.take();
  return { pushed: sent, imageBytes: own };
}

/** Bytes of the cache mounts whose name has this in it. */
export async function cacheBytes(engine: Engine, id: string): Promise<number> {
  const { stdout } = await engine.docker([
    ...["buildx", "du", "--verbose", "--filter", "type=exec.cachemount"],
    ...["--filter", `description~=${id}`],
  ]);
  return sizesOf(stdout);
}

const units: Readonly<Record<string, number>> = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** The sum of what `docker buildx du --verbose` prints as `Size: 34.25MB`. */
export function sizesOf(text: string): number {
  const sizes = [...text.matchAll(/^Size:\s+([\d.]+)([kKMGT]?B)$/gm)];
  return sizes.reduce((sum, [, number, unit = "B"]) => sum + Number(number) * (units[unit] ?? Number.NaN), 0);
}
