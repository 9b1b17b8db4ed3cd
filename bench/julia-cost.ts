// `npm run bench:julia`: what a cold build costs with one version of Julia, step by step and in bytes, beside what Julia itself
// needs for the same work in a plain container. JULIA_IMAGES names the version; the newest at hand otherwise.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../test/engine/engine-client.ts";
import { removeCaches, timedBuild } from "../test/engine/timed-build.ts";
import { frontendSpec, type Surroundings, specFile } from "./frontend-spec.ts";
import { generatedProject, packageCount, packages } from "./generated-project.ts";
import { describeMachine } from "./machine.ts";
import { onEngine } from "./on-engine.ts";
import { writeFiles } from "./write-files.ts";

/** One target, since a container without ours compiles for one. */
const cpuTarget = "generic";

const { files } = generatedProject(packageCount, packages);
const names = packages.slice(0, packageCount).map(({ name }) => name);

await onEngine(packages, async (engine, surroundings) => {
  const id = `bench-${randomBytes(4).toString("hex")}`;
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  try {
    await writeFiles(folder, files);
    const alone = await measureAlone(engine, surroundings, folder);
    const spec = `${frontendSpec({ ...surroundings, id })}[precompile]\ncpu-target = "${cpuTarget}"\n`;
    await writeFile(join(folder, specFile), spec);
    const { seconds, steps } = await timedBuild(engine, { folder, file: specFile, tag: id });
    const stepSeconds = (start: string) =>
      steps
        .filter(({ name }) => name.startsWith(start))
        .reduce((sum, { seconds: more = 0 }) => sum + more, 0);
    console.log(
      `\nJulia ${surroundings.julia.version}, ${packageCount} packages, cold. ${await describeMachine(engine)}\n`,
    );
    print([
      ["whole build", `${seconds.toFixed(1)} s`],
      ["dependency step", `${stepSeconds("[depot] install").toFixed(1)} s`],
      ["copies of the depot into layers", `${stepSeconds("[depot] copy").toFixed(1)} s`],
      ["application step", `${stepSeconds("[app] compile").toFixed(1)} s`],
      ["exporting the image", `${stepSeconds("exporting to").toFixed(1)} s`],
      ["Julia alone: instantiate and precompile", `${alone.precompile.toFixed(1)} s`],
      ["Julia alone: load the direct dependencies", `${alone.load.toFixed(1)} s`],
      ["load them in the image", `${(await loadInImage(engine, id)).toFixed(1)} s`],
      ["cache", `${((await cacheBytes(engine, id)) / 1e6).toFixed(1)} MB`],
      ...(await sizes(engine, id)),
    ]);
  } finally {
    await engine.docker(["image", "rm", "--force", id], { check: false });
    await removeCaches(engine, id);
    await rm(folder, { recursive: true, force: true });
  }
});

function print(rows: readonly (readonly [what: string, value: string])[]): void {
  for (const [what, value] of [["", "measured"], ["---", "---:"], ...rows])
    console.log(`| ${what} | ${value} |`);
}

/** Seconds that Julia needs in a container that has nothing, with its own Pkg and an empty depot. */
async function measureAlone(
  engine: Engine,
  { julia, server }: Omit<Surroundings, "id">,
  folder: string,
): Promise<{ readonly precompile: number; readonly load: number }> {
  const code = `start = time(); using Pkg; Pkg.instantiate(); Pkg.precompile(); println(time() - start)
start = time(); run(\`$(Base.julia_cmd()) --project=/app -e "import ${names.join(", ")}"\`); println(time() - start)`;
  const variables = [
    `JULIA_PKG_SERVER=${server}`,
    `JULIA_CPU_TARGET=${cpuTarget}`,
    "JULIA_PKG_PRECOMPILE_AUTO=0",
    "JULIA_DEPOT_PATH=/depot:",
  ];
  const { stdout } = await engine.docker([
    ...["run", "--rm", "--network=host", "--volume", `${folder}:/work:ro`],
    ...variables.map((variable) => `--env=${variable}`),
    ...["--entrypoint=sh", julia.image, "-c", 'cp -r /work /app && exec julia --project=/app -e "$0"', code],
  ]);
  const [precompile = 0, load = 0] = stdout.trim().split("\n").slice(-2).map(Number);
  return { precompile, load };
}

async function loadInImage(engine: Engine, image: string): Promise<number> {
  const code = `import ${names.join(", ")}`;
  const start = performance.now();
  await engine.docker(["run", "--rm", "--network=none", "--entrypoint=julia", image, "-e", code]);
  return (performance.now() - start) / 1000;
}

/** Bytes of the cache mount whose id contains `mark`. */
async function cacheBytes(engine: Engine, mark: string): Promise<number> {
  const filter = ["--filter", `description~=${mark}`, "--verbose"];
  const { stdout } = await engine.docker(["buildx", "du", ...filter]);
  const units: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };
  const sizes = [...stdout.matchAll(/^Size:\s+([\d.]+)([kMG]?B)$/gm)];
  return sizes.reduce((sum, [, number, unit = "B"]) => sum + Number(number) * (units[unit] ?? 1), 0);
}

/** Bytes and layers of the depot. */
async function sizes(engine: Engine, image: string): Promise<readonly (readonly [string, string])[]> {
  const depot = "/opt/julia/depot";
  const du = ["--entrypoint=du", image, "-sb", `${depot}/packages`, `${depot}/compiled`];
  const { stdout } = await engine.docker(["run", "--rm", "--network=none", ...du]);
  const bytes = stdout
    .trim()
    .split("\n")
    .map((line) => Number(line.split("\t")[0]));
  const layers = ["image", "inspect", image, "--format", "{{len .RootFS.Layers}}"];
  return [
    ["sources", `${((bytes[0] ?? 0) / 1e6).toFixed(1)} MB`],
    ["compiled files", `${((bytes[1] ?? 0) / 1e6).toFixed(1)} MB`],
    ["layers of the image, the base's among them", (await engine.docker(layers)).stdout.trim()],
  ];
}
