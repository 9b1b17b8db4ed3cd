// `npm run bench:push`: what is pushed when a small package is added to a project with large artifacts, and how long the build
// takes until it is pushed, on each image store. What one layer for each kind of content would push is counted from the same.
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineAvailable } from "../test/engine/engine.ts";
import type { Engine } from "../test/engine/engine-client.ts";
import { defineArtifact } from "../test/engine/packages/artifact-fixture.ts";
import { generatedPackages, uuidFor } from "../test/engine/packages/generated.ts";
import { definePackage, type PackageFixture } from "../test/engine/packages/package-fixture.ts";
import { removeCaches } from "../test/engine/timed-build.ts";
import { frontendSpec, type Surroundings, specFile } from "./frontend-spec.ts";
import { generatedProject } from "./generated-project.ts";
import { describeMachine } from "./machine.ts";
import { onEngine } from "./on-engine.ts";
import { writeFiles } from "./write-files.ts";

const packageCount = 40;
const megabyte = 1_000_000;

/** Bytes that do not compress much, the same for the same name. */
function content(name: string, bytes: number): string {
  const lines: string[] = [];
  for (let length = 0, index = 0; length < bytes; index++) {
    const line = createHash("sha512").update(`${name}/${index}`).digest("base64");
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join("\n");
}

function binary(name: string, megabytes: number): PackageFixture {
  const files = { "lib/data.bin": content(name, megabytes * megabyte) };
  return definePackage({
    name: `${name}_jll`,
    uuid: uuidFor(`${name}_jll`),
    version: "1.0.0",
    artifacts: [defineArtifact({ name, files })],
    body: "",
  });
}

const small = definePackage({ name: "Acorn", uuid: uuidFor("Acorn"), version: "1.0.0", body: "seed() = 1" });
const before = [binary("Boulder", 60), binary("Cliff", 20), ...generatedPackages({ count: packageCount })];
const after = [...before, binary("Pebble", 1), small];

const available = await engineAvailable();
for (const store of available.kind === "none" ? [undefined] : available.stores) {
  await onEngine(
    after,
    async (engine, surroundings, registry) => {
      console.log(await describeMachine(engine));
      await measure(engine, surroundings, registry);
    },
    store,
  );
}

interface Layer {
  readonly digest: string;
  readonly size: number;
}

async function measure(
  engine: Engine,
  surroundings: Omit<Surroundings, "id">,
  registry: string,
): Promise<void> {
  const id = `bench-${randomBytes(4).toString("hex")}`;
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  const push = async (packages: readonly PackageFixture[], tag: string) => {
    await writeFiles(folder, generatedProject(packages.length, packages).files);
    const image = `${registry}/${id}:${tag}`;
    const start = performance.now();
    const args = ["--network=host", "--provenance=false", "-f", specFile, "-t", image];
    await engine.docker(["buildx", "build", "--push", ...args, "."], { cwd: folder });
    return { seconds: (performance.now() - start) / 1000, layers: await layersOf(engine, image) };
  };
  try {
    await writeFile(join(folder, specFile), frontendSpec({ ...surroundings, id }));
    const first = await push(before, "1");
    const second = await push(after, "2");
    report(first, second);
  } finally {
    await removeCaches(engine, id);
    await rm(folder, { recursive: true, force: true });
  }
}

interface Pushed {
  readonly seconds: number;
  readonly layers: readonly Layer[];
}

function report(first: Pushed, second: Pushed): void {
  const known = new Set(first.layers.map(({ digest }) => digest));
  const sum = (layers: readonly Layer[]) => layers.reduce((bytes, { size }) => bytes + size, 0) / megabyte;
  const changed = second.layers.filter(({ digest }) => !known.has(digest));
  const base = second.layers.findIndex(
    ({ digest }) => !known.has(digest) || digest !== first.layers[0]?.digest,
  );
  const own = second.layers.slice(Math.max(base, 1));
  console.log(
    `a small package with a small artifact is added: ${second.seconds.toFixed(1)} s until it is pushed (the first build: ${first.seconds.toFixed(1)} s)`,
  );
  console.log(
    `pushed: ${sum(changed).toFixed(1)} MB in ${changed.length} layers, of ${sum(own).toFixed(1)} MB in ${own.length} layers above the base image, all of which one layer for each kind would push`,
  );
}

async function layersOf(engine: Engine, image: string): Promise<readonly Layer[]> {
  const { stdout } = await engine.docker(["buildx", "imagetools", "inspect", "--raw", image]);
  return JSON.parse(stdout).layers;
}
