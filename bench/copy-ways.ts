import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine-client.ts";
import type { JuliaImage } from "../test/engine/julia/julia-image.ts";
import { withTraces } from "./traces.ts";

const program = new URL("copy-ways.jl", import.meta.url);

/** 400 MB in 10,000 files. */
const fill =
  "mkdir -p /cache/from && cd /cache/from && for f in $(seq 1 10000); do head -c 40000 /dev/zero | tr '\\0' x > $f; done";

/** Prints how long each way to copy takes in a step, into another mount, as a step's output is one, and within the cache's. */
export async function printCopyWays(engine: Engine, { image }: JuliaImage): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  try {
    await writeFile(join(folder, "copy-ways.jl"), await readFile(program));
    const log = await withTraces(engine, { keepsLayers: false }, async (id) => {
      const cache = `--mount=type=cache,id=${id},target=/cache`;
      const output = `--mount=type=cache,id=${id}-output,target=/output`;
      const run = `julia --startup-file=no /programs/copy-ways.jl /cache/from /output /cache`;
      const dockerfile = `FROM ${image}\nCOPY copy-ways.jl /programs/\nRUN ${cache} ${output} ${fill} && ${run}\n`;
      await writeFile(join(folder, "Dockerfile"), dockerfile);
      const args = ["--progress=plain", "--network=none", "--output=type=cacheonly", "."];
      return (await engine.docker(["buildx", "build", ...args], { cwd: folder })).stderr;
    });
    const printed = log
      .split("\n")
      .flatMap((line) => /^#\d+ \d+\.\d+ ((?:from| {2}).*)$/.exec(line)?.[1] ?? []);
    if (printed.length === 0) throw new Error(`the step printed nothing:\n${log}`);
    console.log(`400 MB in 10,000 files:\n${printed.join("\n")}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
