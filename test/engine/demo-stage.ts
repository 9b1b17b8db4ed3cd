import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import type { Engine } from "./engine-client.ts";
import { type JuliaImage, juliaLine } from "./julia/julia-image.ts";
import { type PkgServer, startPkgServer } from "./packages/pkg-server.ts";
import { STANDARD_PACKAGES, standardCatalogue } from "./packages/standard.ts";
import { resolveProject } from "./resolver/resolve-project.ts";
import { stopResolvers } from "./resolver/resolver.ts";
import { removeCaches } from "./timed-build.ts";

const example = fileURLToPath(new URL("../../examples/hello", import.meta.url));
/** Tells the containers of this run from others. */
const ownRun = String(process.pid);
/** The package that the demo adds to the example's project. */
export const added = "Almanac";
const addedLines = `
import Almanac, Dates
println("The last leap day was a ", first(keys(Almanac.weekdays([Dates.Date(2024, 2, 29)]))), ".")
`;

/** What one run of the demo works with. */
export interface Stage {
  readonly engine: Engine;
  readonly julia: JuliaImage;
  readonly server: PkgServer;
  /** The name by which the spec asks for the frontend. */
  readonly frontend: string;
  /** A copy of the example. */
  readonly folder: string;
  /** What the example's spec says there, but for the names that only this run has. */
  readonly spec: string;
  readonly tag: string;
}

/** Sets the example up with a frontend image and an empty cache, runs `perform`, and removes what it made. */
export async function onStage(
  { engine, julia }: Pick<Stage, "engine" | "julia">,
  frontend: string,
  perform: (stage: Stage) => Promise<void>,
): Promise<void> {
  const id = `demo-${randomBytes(4).toString("hex")}`;
  const server = await startPkgServer(standardCatalogue());
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-demo-"));
  const tag = `julia-frontend-${id}`;
  try {
    await cp(example, folder, { recursive: true });
    const spec = await prepareSpec(folder, { frontend, julia, server: server.url, cacheId: id });
    const stage = { engine, julia, server, frontend, folder, spec, tag };
    await writeProject(stage, []);
    await perform(stage);
  } finally {
    await engine.docker(["image", "rm", "--force", tag], { check: false });
    await removeCaches(engine, id);
    await stopResolvers(engine, ownRun);
    await rm(folder, { recursive: true, force: true });
    await server.stop();
  }
}

/**
 * Names this machine's Julia, the frontend image that was just built, the Pkg server of this run, and a cache that is empty.
 * BuildKit takes steps that differ only in the cache for the same; the variable keeps those of an earlier demo from being
 * reused. The syntax line is changed, not overruled with `--build-arg BUILDKIT_SYNTAX=`, so that the build is started by the
 * line as a person's is.
 */
async function prepareSpec(
  folder: string,
  names: {
    readonly frontend: string;
    readonly julia: JuliaImage;
    readonly server: string;
    readonly cacheId: string;
  },
): Promise<string> {
  const file = join(folder, "julia.toml");
  const spec = (await readFile(file, "utf8"))
    .replace(/^# syntax=.*$/m, `# syntax=${names.frontend}`)
    .replace(/^julia = .*$/m, juliaLine(names.julia));
  const surroundings = `[env]
DEMO = "${names.cacheId}"
[pkg]
server = "${names.server}"
[depot]
cache-id = "${names.cacheId}"
`;
  await writeFile(file, spec + surroundings);
  return spec;
}

/** What `Pkg.add` in the project writes, and a use of the new package. */
export async function addDependency(stage: Stage): Promise<void> {
  await writeProject(stage, [added]);
  const program = join(stage.folder, "main.jl");
  await writeFile(program, (await readFile(program, "utf8")) + addedLines);
}

/** The example's project with further dependencies, and the manifest that this machine's Julia makes of it. */
async function writeProject({ engine, julia, folder }: Stage, further: readonly string[]): Promise<void> {
  const text = await readFile(join(folder, "Project.toml"), "utf8");
  const { name, uuid, version, deps } = parse(text) as Readonly<
    Record<"name" | "uuid" | "version", string>
  > & {
    readonly deps: Readonly<Record<string, string>>;
  };
  const request = { name, uuid, version, deps: [...Object.keys(deps), ...further] };
  const resolved = await resolveProject({ engine, julia, run: ownRun }, STANDARD_PACKAGES, request);
  await writeFile(join(folder, "Project.toml"), resolved.projectToml);
  await writeFile(join(folder, "Manifest.toml"), resolved.manifestToml);
}
