// `npm run bench:artifacts`: what a large artifact costs the dependency step: seconds of fetching, unpacking and checking it, and
// of copying it, beside what `tar xzf` of the same archive and `sha1sum` of the same files need in a container of the same engine.
// BENCH_MEGABYTES is its size, 1000 without it.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine-client.ts";
import type { JuliaImage } from "../test/engine/julia/julia-image.ts";
import { uuidFor } from "../test/engine/packages/generated.ts";
import { definePackage } from "../test/engine/packages/package-fixture.ts";
import { timedBuild } from "../test/engine/timed-build.ts";
import { frontendSpec, type Surroundings, specFile } from "./frontend-spec.ts";
import { generatedProject } from "./generated-project.ts";
import { largeArtifact } from "./large-artifact.ts";
import { describeMachine } from "./machine.ts";
import { median, report } from "./measure.ts";
import { onEngine } from "./on-engine.ts";
import { printedAt } from "./printed-at.ts";
import { withTraces } from "./traces.ts";
import { writeFiles } from "./write-files.ts";

const repetitions = 3;
const limit = 1.3;
const megabytes = Number(process.env.BENCH_MEGABYTES || 1000);
const fileCount = 400;

const artifact = largeArtifact("boulder", { bytes: megabytes * 1e6, files: fileCount });

const library = definePackage({
  ...{ name: "Boulder_jll", uuid: uuidFor("Boulder_jll"), version: "1.0.0", body: "run(x) = x" },
  artifacts: [artifact],
});

/** Seconds. */
interface Sample {
  readonly unpack: number;
  readonly hash: number;
  /** From the start of the download until the artifact is in the cache. */
  readonly install: number;
  /** Into the step's output. */
  readonly copy: number;
  /** BuildKit's own copy into a layer. */
  readonly layer: number;
}

await onEngine([library], async (engine, surroundings) => {
  const machine = await describeMachine(engine);
  const samples: Sample[] = [];
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    const sample = await measure(engine, surroundings);
    const texts = Object.entries(sample).map(([name, seconds]) => `${name} ${seconds.toFixed(2)} s`);
    console.log(`${repetition}/${repetitions} ${texts.join(", ")}`);
    samples.push(sample);
  }
  const middle = (name: keyof Sample) => median(samples.map((sample) => sample[name]));
  const packed = (artifact.tarball.length / 1e6).toFixed(0);
  console.log(`\nJulia ${surroundings.julia.version}, median of ${repetitions}. ${machine}`);
  console.log(`An artifact of ${megabytes} MB in ${fileCount} files, ${packed} MB as an archive:`);
  console.log(`tar xzf: ${middle("unpack").toFixed(1)} s, sha1sum: ${middle("hash").toFixed(1)} s`);
  console.log(`download, unpack and check: ${middle("install").toFixed(1)} s`);
  console.log(
    `copy into the step's output: ${middle("copy").toFixed(1)} s, into a layer: ${middle("layer").toFixed(1)} s`,
  );
  const ratios = samples.map(({ install, unpack, hash }) => install / (unpack + hash));
  report("download, unpack and check, beside tar xzf and sha1sum", median(ratios), "times", limit);
});

async function measure(engine: Engine, surroundings: Omit<Surroundings, "id">): Promise<Sample> {
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  try {
    await writeFile(join(folder, "artifact.tar.gz"), artifact.tarball);
    const tools = await measureTools(engine, surroundings.julia, folder);
    return { ...tools, ...(await measureStep(engine, surroundings)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Seconds of the tools that everybody has, on the archive in a folder. */
async function measureTools(
  engine: Engine,
  { image }: JuliaImage,
  folder: string,
): Promise<Pick<Sample, "unpack" | "hash">> {
  const script = `set -e; mkdir /out; start=$(date +%s%N); tar xzf /archive/artifact.tar.gz -C /out; middle=$(date +%s%N)
find /out -type f -exec sha1sum {} + > /dev/null; echo $start $middle $(date +%s%N)`;
  const { stdout } = await engine.docker([
    ...["run", "--rm", "--network=none", "--volume", `${folder}:/archive:ro`],
    ...["--entrypoint=sh", image, "-c", script],
  ]);
  const [start = 0, middle = 0, end = 0] = stdout.trim().split(" ").map(Number);
  return { unpack: (middle - start) / 1e9, hash: (end - middle) / 1e9 };
}

/** Seconds of the parts of a cold build that have to do with the artifact. */
async function measureStep(
  engine: Engine,
  surroundings: Omit<Surroundings, "id">,
): Promise<Pick<Sample, "install" | "copy" | "layer">> {
  return withTraces(engine, { keepsLayers: false }, async (id) => {
    const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
    try {
      const spec = frontendSpec({ ...surroundings, id });
      await writeFiles(folder, { ...generatedProject(1, [library]).files, [specFile]: spec });
      const { steps, log } = await timedBuild(engine, { folder, file: specFile, args: ["--target=deps"] });
      const begun = printedAt(log, /^ {2}artifact \S+ of /);
      const copied = /^#\d+ \d+\.\d+ {3}copied .* in ([\d.]+) s$/m.exec(log)?.[1];
      const layer = steps.find(({ name }) => name.startsWith("[depot] copy artifacts"));
      return {
        install: printedAt(log, /^ {2}artifact \S+ is there/) - begun,
        copy: Number(copied),
        layer: layer?.seconds ?? Number.NaN,
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
