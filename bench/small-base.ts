// `npm run bench:small-base`: the same projects as images of the official one's shape, on a slim Debian, and on a base without a
// shell: bytes on the disk and in a registry, and the time that a container takes to start and load the project. BENCH_PKG_SERVER
// names a Pkg server that has HTTP, JSON3, CSV and DataFrames; without it only a project without packages is measured.
// BENCH_PROJECTS has the names of those that are measured, `Hello,Orders,Sales` without it.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine-client.ts";
import { imageBytes } from "../test/engine/image-bytes.ts";
import type { Files } from "../test/engine/resolver/project-request.ts";
import { provideSmallBase } from "../test/engine/small-bases.ts";
import { removeCaches } from "../test/engine/timed-build.ts";
import { manifestOf, projectFiles } from "./first-request/projects.ts";
import { frontendSpec, type Surroundings, specFile } from "./frontend-spec.ts";
import { describeMachine } from "./machine.ts";
import { median } from "./measure.ts";
import { onEngine } from "./on-engine.ts";
import { writeFiles } from "./write-files.ts";

const repetitions = 5;
const realServer = process.env.BENCH_PKG_SERVER;
const named = process.env.BENCH_PROJECTS?.split(",");

interface SmallBaseProject {
  readonly what: string;
  /** Name of its package. */
  readonly name: string;
  readonly files: Files;
}

const hello: SmallBaseProject = {
  what: "no packages",
  name: "Hello",
  files: {
    "Project.toml": 'name = "Hello"\nuuid = "4f2c9a61-7d0e-4b35-8c1f-a96e3d5b7208"\nversion = "0.1.0"\n',
    "Manifest.toml": 'manifest_format = "2.0"\n',
    "src/Hello.jl": 'module Hello\ngreet() = println("Hello!")\nend\n',
    "main.jl": "import Hello\nHello.greet()\n",
  },
};

const withPackages: readonly SmallBaseProject[] = [
  { what: "an HTTP service (HTTP, JSON3)", name: "Orders", files: projectFiles("orders") },
  { what: "a script with tables (CSV, DataFrames)", name: "Sales", files: projectFiles("sales") },
];

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

/** Seconds until a container has started Julia, loaded the project and ended. */
async function secondsToLoad(engine: Engine, image: string, name: string): Promise<number> {
  const command = ["--entrypoint=julia", image, "--startup-file=no", "-e", `import ${name}`];
  const times: number[] = [];
  for (let repetition = 0; repetition <= repetitions; repetition++) {
    const start = performance.now();
    await engine.docker(["run", "--rm", "--network=none", ...command]);
    // The first has to read everything from the disk.
    if (repetition > 0) times.push((performance.now() - start) / 1000);
  }
  return median(times);
}

async function measureImage(
  engine: Engine,
  folder: string,
  name: string,
  registry: string,
): Promise<readonly string[]> {
  const pushed = `bench-${randomBytes(4).toString("hex")}`;
  const image = `${registry}/${pushed}:latest`;
  // A base may be in the engine as it was imported, without compression.
  const output = `type=image,name=${image},push=true,compression=gzip,force-compression=true`;
  const args = ["--network=host", "--provenance=false", "-f", specFile, `--output=${output}`, "."];
  try {
    await engine.docker(["buildx", "build", ...args], { cwd: folder });
    await engine.docker(["pull", "--quiet", image]);
    const megabytes = (value: number) => `${Math.round(value / 1e6)} MB`;
    const bytes = [await imageBytes(engine, image), await pushedBytes(registry, pushed)].map(megabytes);
    return [...bytes, `${(await secondsToLoad(engine, image, name)).toFixed(2)} s`];
  } finally {
    await engine.docker(["image", "rm", "--force", image], { check: false });
  }
}

async function measureProject(
  engine: Engine,
  surroundings: Surroundings,
  registry: string,
  { what, name, files }: SmallBaseProject,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  try {
    await writeFiles(folder, files);
    if (files["Manifest.toml"] === undefined)
      await writeFiles(folder, { "Manifest.toml": await manifestOf(engine, folder, surroundings) });
    for (const [base, tables] of await bases(engine)) {
      const spec = frontendSpec(surroundings).replace("[env]", 'main = "main.jl"\n[env]');
      await writeFiles(folder, { [specFile]: `${spec}${tables}` });
      console.log(`| ${[what, base, ...(await measureImage(engine, folder, name, registry))].join(" | ")} |`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await onEngine([], async (engine, available, registry) => {
  const id = `bench-${randomBytes(4).toString("hex")}`;
  const surroundings = { ...available, id, server: realServer ?? available.server };
  const { version } = available.julia;
  console.log(`Julia ${version}, ${await describeMachine(engine)}; median of ${repetitions} runs\n`);
  console.log("| Project | Image on | Files | In a registry | Start and load |");
  console.log("| --- | --- | ---: | ---: | ---: |");
  try {
    const projects = [hello, ...(realServer === undefined ? [] : withPackages)];
    for (const project of projects.filter(({ name }) => named?.includes(name) ?? true))
      await measureProject(engine, surroundings, registry, project);
  } finally {
    await removeCaches(engine, id);
  }
});
