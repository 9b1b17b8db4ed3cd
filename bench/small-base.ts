// `npm run bench:small-base`: the same small project as an image of the official one's shape, on a slim Debian, and on a base
// without a shell: bytes on the disk and in a registry, and the time from `docker run` to its end.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine-client.ts";
import { imageBytes } from "../test/engine/image-bytes.ts";
import { juliaLine } from "../test/engine/julia/julia-image.ts";
import { provideSmallBase } from "../test/engine/small-bases.ts";
import { describeMachine } from "./machine.ts";
import { median } from "./measure.ts";
import { onEngine } from "./on-engine.ts";
import { writeFiles } from "./write-files.ts";

const repetitions = 5;

const project = {
  "Project.toml": 'name = "Hello"\nuuid = "4f2c9a61-7d0e-4b35-8c1f-a96e3d5b7208"\nversion = "0.1.0"\n',
  "Manifest.toml": 'manifest_format = "2.0"\n',
  "src/Hello.jl": 'module Hello\ngreet() = println("Hello!")\nend\n',
  "main.jl": "import Hello\nHello.greet()\n",
};

/** What the image is made of, as lines of `[image]`. */
async function bases(engine: Engine): Promise<readonly (readonly [name: string, tables: string])[]> {
  const [slim, bare] = [await provideSmallBase(engine, "slim"), await provideSmallBase(engine, "bare")];
  return [
    ["the image that is built on", ""],
    ["a slim Debian", `[image]\nbase = "${slim}"\n`],
    ["a base without a shell", `[image]\nbase = "${bare}"\n`],
  ];
}

/** Bytes of an image's layers as they are in the registry. */
async function pushedBytes(registry: string, name: string): Promise<number> {
  const accept =
    "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";
  const response = await fetch(`http://${registry}/v2/${name}/manifests/latest`, { headers: { accept } });
  const { layers } = (await response.json()) as { readonly layers: readonly { readonly size: number }[] };
  return layers.reduce((total, { size }) => total + size, 0);
}

async function secondsToRun(engine: Engine, image: string): Promise<number> {
  const times: number[] = [];
  for (let repetition = 0; repetition <= repetitions; repetition++) {
    const start = performance.now();
    await engine.docker(["run", "--rm", "--network=none", image]);
    // The first has to read everything from the disk.
    if (repetition > 0) times.push((performance.now() - start) / 1000);
  }
  return median(times);
}

await onEngine([], async (engine, { julia, server, frontend }, registry) => {
  console.log(`Julia ${julia.version}, ${await describeMachine(engine)}; median of ${repetitions} runs\n`);
  console.log("| Image on | Files | In a registry | `docker run` |\n| --- | ---: | ---: | ---: |");
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  try {
    for (const [what, tables] of await bases(engine)) {
      const name = `bench-${randomBytes(4).toString("hex")}`;
      const image = `${registry}/${name}:latest`;
      const spec = `# syntax=${frontend}\n${juliaLine(julia)}\nmain = "main.jl"\n[pkg]\nserver = "${server}"\n${tables}`;
      await writeFiles(folder, { ...project, "julia.toml": spec });
      // A base may be in the engine as it was imported, without compression.
      const output = `type=image,name=${image},push=true,compression=gzip,force-compression=true`;
      const args = ["--network=host", "--provenance=false", "-f", "julia.toml", `--output=${output}`, "."];
      await engine.docker(["buildx", "build", ...args], { cwd: folder });
      await engine.docker(["pull", "--quiet", image]);
      const bytes = await imageBytes(engine, image);
      const [pushed, seconds] = [await pushedBytes(registry, name), await secondsToRun(engine, image)];
      const megabytes = (value: number) => `${Math.round(value / 1e6)} MB`;
      console.log(`| ${what} | ${megabytes(bytes)} | ${megabytes(pushed)} | ${seconds.toFixed(2)} s |`);
      await engine.docker(["image", "rm", "--force", image], { check: false });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
