// `npm run bench:copies`: what copying costs with a depot of 2 GB in 50,000 files: by the dependency step into its output, by
// BuildKit into layers, and by the export of the image, in a cold build and after a small package was added, on each image store.
// Then what the ways that Linux has to copy take between the mounts of a step.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineAvailable } from "../test/engine/engine.ts";
import type { Engine } from "../test/engine/engine-client.ts";
import { uuidFor } from "../test/engine/packages/generated.ts";
import { definePackage, type PackageFixture } from "../test/engine/packages/package-fixture.ts";
import { timedBuild } from "../test/engine/timed-build.ts";
import { printCopyWays } from "./copy-ways.ts";
import { frontendSpec, type Surroundings, specFile } from "./frontend-spec.ts";
import { generatedProject } from "./generated-project.ts";
import { largeArtifact, wordy } from "./large-artifact.ts";
import { describeMachine } from "./machine.ts";
import { onEngine } from "./on-engine.ts";
import { printedAt } from "./printed-at.ts";
import { withTraces } from "./traces.ts";
import { writeFiles } from "./write-files.ts";

const megabyte = 1_000_000;
const artifacts = { count: 4, files: 6500, bytes: 470 * megabyte };
const sources = { count: 24, files: 1000, bytes: 5 * megabyte };

function library(index: number): PackageFixture {
  const name = `Boulder${index}_jll`;
  const artifact = largeArtifact(name, artifacts);
  return definePackage({
    ...{ name, uuid: uuidFor(name), version: "1.0.0", body: "run(x) = x" },
    artifacts: [artifact],
  });
}

function sourcePackage(index: number): PackageFixture {
  const name = `Gravel${index}`;
  const size = sources.bytes / sources.files;
  const paths = Array.from({ length: sources.files }, (_, file) => `data/${file % 20}/${file}.txt`);
  const files = Object.fromEntries(paths.map((path) => [path, wordy(`${name}/${path}`, size)]));
  return definePackage({ ...{ name, uuid: uuidFor(name), version: "1.0.0", body: "run(x) = x" }, files });
}

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

const small = definePackage({ name: "Acorn", uuid: uuidFor("Acorn"), version: "1.0.0", body: "run(x) = x" });
const before = [...times(artifacts.count, library), ...times(sources.count, sourcePackage)];
const after = [...before, small];

const available = await engineAvailable();
for (const store of available.kind === "none" ? [undefined] : available.stores) {
  await onEngine(
    after,
    async (engine, surroundings) => {
      console.log(`\nJulia ${surroundings.julia.version}. ${await describeMachine(engine)}`);
      await measure(engine, surroundings);
      await printCopyWays(engine, surroundings.julia);
    },
    store,
  );
}

async function measure(engine: Engine, surroundings: Omit<Surroundings, "id">): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  await withTraces(engine, { keepsLayers: false }, async (id) => {
    const tags = [`${id}-1`, `${id}-2`] as const;
    try {
      const spec = frontendSpec({ ...surroundings, id });
      const build = async (packages: readonly PackageFixture[], tag: string) => {
        await writeFiles(folder, { ...generatedProject(packages.length, packages).files, [specFile]: spec });
        return printBuild(await timedBuild(engine, { folder, file: specFile, tag, args: ["--target=deps"] }));
      };
      console.log("cold:");
      await build(before, tags[0]);
      console.log("a small package added:");
      await build(after, tags[1]);
      printReuse(await layersOf(engine, tags[0]), await layersOf(engine, tags[1]));
    } finally {
      await engine.docker(["image", "rm", "--force", ...tags], { check: false });
      await rm(folder, { recursive: true, force: true });
    }
  });
}

function printBuild({ seconds, steps, log }: Awaited<ReturnType<typeof timedBuild>>): void {
  const sum = (pattern: RegExp) =>
    steps.filter(({ name }) => pattern.test(name)).reduce((all, step) => all + step.seconds, 0);
  const layers = steps.filter(({ name }) => name.startsWith("[depot] copy"));
  const copied = /^#\d+ \d+\.\d+ {3}copied .* in ([\d.]+) s$/m.exec(log)?.[1];
  const rest = printedAt(log, /^ {2}package /) - printedAt(log, /^Copying what the manifest needs/);
  const rows = [
    ["whole build", seconds],
    ["dependency step", sum(/^\[depot\] install/)],
    ["  of it, copying artifacts", Number(copied ?? 0)],
    ["  of it, copying sources and compiled files", rest],
    [`BuildKit's copies into ${layers.length} layers`, sum(/^\[depot\] copy/)],
    ["export", sum(/^exporting to/)],
  ] as const;
  for (const [what, value] of rows) console.log(`  ${what}: ${value.toFixed(1)} s`);
}

interface Layer {
  /** Digest of the content, uncompressed. */
  readonly digest: string;
  readonly bytes: number;
}

function printReuse(first: readonly Layer[], second: readonly Layer[]): void {
  const known = new Set(first.map(({ digest }) => digest));
  const sum = (layers: readonly Layer[]) => layers.reduce((all, { bytes }) => all + bytes, 0) / megabyte;
  const base = second.findIndex(({ digest }, index) => digest !== first[index]?.digest);
  const reused = second.filter(({ digest }) => known.has(digest));
  console.log(
    `  layers with the same content: ${reused.length} of ${second.length}, the first that differs is number ${base + 1}; ${sum(reused).toFixed(0)} of ${sum(second).toFixed(0)} MB`,
  );
}

async function layersOf(engine: Engine, image: string): Promise<readonly Layer[]> {
  const inspected = await engine.docker(["image", "inspect", image, "--format", "{{json .RootFS.Layers}}"]);
  const digests: readonly string[] = JSON.parse(inspected.stdout);
  const history = await engine.docker(["history", "--human=false", "--format", "{{.Size}}", image]);
  // The newest first; what made no layer has a size of 0.
  const sizes = history.stdout.trim().split("\n").map(Number).reverse();
  const filled = sizes.length === digests.length ? sizes : sizes.filter((bytes) => bytes > 0);
  return digests.map((digest, index) => ({ digest, bytes: filled[index] ?? 0 }));
}
