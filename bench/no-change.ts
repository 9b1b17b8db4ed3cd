// `npm run bench:no-change`: how much longer a rebuild without any change takes through the frontend image than through the
// engine's built-in Dockerfile frontend, for a graph of the same size. Nothing runs in either, so what is left is the
// container of the frontend, its start, and what it asks of BuildKit. On both of Docker's image stores. Then how much of that
// is the container: the same with a frontend that ends at once, against a Dockerfile that is refused as soon as it is read.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineAvailable } from "../test/engine/engine.ts";
import type { Engine } from "../test/engine/engine-client.ts";
import { removeCaches } from "../test/engine/timed-build.ts";
import { frontendSpec, type Surroundings, specFile } from "./frontend-spec.ts";
import { generatedProject, packageCount, packages } from "./generated-project.ts";
import { describeMachine } from "./machine.ts";
import { median, report } from "./measure.ts";
import { onEngine } from "./on-engine.ts";
import { sameSizeDockerfile } from "./same-size-dockerfile.ts";
import { writeFiles } from "./write-files.ts";

const repetitions = 40;
const limit = 190;
/** Files of builds that are to fail, and what BuildKit is to say then: of a frontend that ended, and of a Dockerfile. */
const ending = "ending";
const refused = "refused";
const failing: ReadonlyMap<string, RegExp> = new Map([
  [ending, /exit code: 1/],
  [refused, /FROM requires/],
]);

const available = await engineAvailable();
const stores = available.kind === "none" ? [undefined] : available.stores;
for (const store of stores) await onEngine(packages, compare, store);

async function compare(
  engine: Engine,
  surroundings: Omit<Surroundings, "id">,
  registry: string,
): Promise<void> {
  const id = `bench-${randomBytes(4).toString("hex")}`;
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  try {
    const files = await writeBoth(folder, { ...surroundings, id });
    const times = await measure(engine, folder, files);
    console.log(`Median of ${repetitions} rebuilds without a change, ${await describeMachine(engine)}:`);
    const [ours = 0, builtIn = 0] = times.map(median);
    console.log(`this frontend: ${ours.toFixed(0)} ms`);
    console.log(`built-in Dockerfile frontend: ${builtIn.toFixed(0)} ms`);
    report("difference", ours - builtIn, "ms", limit);
    await writeFailing(engine, folder, registry, surroundings.frontend);
    const [ended = 0, read = 0] = (await measure(engine, folder, [...failing.keys()])).map(median);
    console.log(`of it a container with a node that ends at once: ${(ended - read).toFixed(0)} ms`);
  } finally {
    await removeCaches(engine, id);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a project with a spec and with a Dockerfile, and returns the names of the two. */
async function writeBoth(folder: string, surroundings: Surroundings): Promise<readonly string[]> {
  const dockerfile = "Dockerfile";
  await writeFiles(folder, generatedProject(packageCount, packages).files);
  await writeFile(join(folder, specFile), frontendSpec(surroundings));
  await writeFile(join(folder, dockerfile), sameSizeDockerfile(surroundings));
  await writeFile(join(folder, ".dockerignore"), `${specFile}\n${dockerfile}\n.dockerignore\n`);
  return [specFile, dockerfile];
}

/** Writes two files that no build gets far with: the frontend of one ends at once, the other is no Dockerfile. */
async function writeFailing(
  engine: Engine,
  folder: string,
  registry: string,
  frontend: string,
): Promise<void> {
  const image = `${registry}/julia:ends-at-once`;
  const dockerfile = `FROM ${frontend}\nENTRYPOINT ["/bin/node", "--eval", "process.exit(1)"]\n`;
  await engine.docker(["buildx", "build", "--quiet", "--provenance=false", `--tag=${image}`, "-"], {
    input: dockerfile,
  });
  await engine.docker(["push", "--quiet", image]);
  await writeFile(join(folder, ending), `# syntax=${image}\n`);
  await writeFile(join(folder, refused), "FROM\n");
}

/** Milliseconds of each rebuild, by file. They take turns, so that a machine that grows slower does so for both. */
async function measure(
  engine: Engine,
  folder: string,
  files: readonly string[],
): Promise<readonly (readonly number[])[]> {
  for (const file of [...files, ...files]) await timedRebuild(engine, folder, file);
  const times: number[][] = files.map(() => []);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [index, file] of files.entries()) {
      times[index]?.push(await timedRebuild(engine, folder, file));
    }
  }
  return times;
}

async function timedRebuild(engine: Engine, folder: string, file: string): Promise<number> {
  const start = performance.now();
  await engine
    .docker(
      [
        ...["buildx", "build", "--progress=plain", "--network=host", "--provenance=false"],
        ...["--output=type=cacheonly", "-f", file, "."],
      ],
      { cwd: folder },
    )
    .catch((error: unknown) => {
      if (failing.get(file)?.test(String(error)) !== true) throw error;
    });
  return performance.now() - start;
}
