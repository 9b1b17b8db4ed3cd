// `npm run bench:cache`: adds a dependency to a project on a builder whose cache holds 20 or 1,000 packages of other projects.
// What the frontend copies is what the manifest needs, so its times must not differ by more than 10 %.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine-client.ts";
import { type JuliaImage, minorVersion } from "../test/engine/julia/julia-image.ts";
import { generatedPackages } from "../test/engine/packages/generated.ts";
import { removeCaches, timedBuild } from "../test/engine/timed-build.ts";
import { type Contender, contenders, type Surroundings } from "./contenders.ts";
import { generatedProject } from "./generated-project.ts";
import { describeMachine } from "./machine.ts";
import { median, report } from "./measure.ts";
import { onEngine } from "./on-engine.ts";
import { writeFiles } from "./write-files.ts";

const repetitions = 3;
const sizes = [20, 1000] as const;
const dependencies = 5;
const packages = generatedPackages({ count: dependencies + 1 });

/** Per cent by which the frontend may be slower with the full cache. */
const allowedDifference = 10;

await onEngine(packages, async (engine, surroundings) => {
  console.log(await describeMachine(engine));
  const compared = contenders.filter(({ name }) => name !== "plain Dockerfile");
  for (const [index, contender] of compared.entries()) {
    const difference = await compare(engine, contender, surroundings);
    const what = `${contender.name}, difference`;
    if (index === 0) report(what, difference, "%", allowedDifference);
    else console.log(`${what}: ${difference.toFixed(1)} %`);
  }
});

/** Per cent by which a contender is slower with the larger cache. The sizes take turns. */
async function compare(
  engine: Engine,
  contender: Contender,
  surroundings: Omit<Surroundings, "id">,
): Promise<number> {
  const times = new Map<number, number[]>(sizes.map((size) => [size, []]));
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    for (const size of sizes) {
      times.get(size)?.push(await measure(engine, contender, surroundings, size));
    }
  }
  const [small = 0, large = 0] = sizes.map((size) => median(times.get(size) ?? []));
  console.log(
    `${contender.name}: ${small.toFixed(2)} s with ${sizes[0]} other packages, ${large.toFixed(2)} s with ${sizes[1]}`,
  );
  return (large / small - 1) * 100;
}

/** Seconds that adding a dependency takes with so many packages of others in the cache. */
async function measure(
  engine: Engine,
  { file, text }: Contender,
  surroundings: Omit<Surroundings, "id">,
  size: number,
): Promise<number> {
  const id = `bench-${randomBytes(4).toString("hex")}`;
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  try {
    await fillCache(engine, surroundings.julia, id, size);
    await writeFile(join(folder, ".dockerignore"), `${file}\n.dockerignore\n`);
    await writeFile(join(folder, file), text({ ...surroundings, id }));
    await writeFiles(folder, generatedProject(dependencies, packages).files);
    await timedBuild(engine, { folder, file, tag: id });
    await writeFiles(folder, generatedProject(dependencies + 1, packages).files);
    return (await timedBuild(engine, { folder, file, tag: id })).seconds;
  } finally {
    await engine.docker(["image", "rm", "--force", id], { check: false });
    await removeCaches(engine, id);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts packages of the usual size into a cache: 20 kB of source and a compiled file of 170 kB each. */
async function fillCache(engine: Engine, julia: JuliaImage, id: string, size: number): Promise<void> {
  const compiled = `compiled/v${minorVersion(julia.version)}`;
  const script = `set -e; head -c 170000 /dev/urandom > /tmp/compiled; i=0; while [ $i -lt ${size} ]; do \
n=Other$i; i=$((i+1)); mkdir -p packages/$n/abcde/src ${compiled}/$n; \
for f in a b c d; do head -c 5000 /tmp/compiled > packages/$n/abcde/src/$f.jl; done; \
cp /tmp/compiled ${compiled}/$n/abcde_fghij.ji; done`;
  const dockerfile = `FROM ${julia.image}
WORKDIR /cache
RUN --mount=type=cache,id=${id},target=/cache,sharing=locked ${script}
`;
  await engine.docker(["buildx", "build", "--network=none", "--output=type=cacheonly", "-"], {
    input: dockerfile,
  });
}
