// `npm run demo`: builds examples/hello with this checkout's frontend, adds one dependency, builds it again, and says what
// was downloaded, compiled and reused.
import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import { introduction, stepTable, summaryTable } from "./demo-text.ts";
import { type Build, workOf } from "./demo-work.ts";
import { engineAvailable } from "./engine.ts";
import type { Engine } from "./engine-client.ts";
import { buildFrontendImage } from "./frontend-image.ts";
import { type JuliaImage, juliaLine } from "./julia/julia-image.ts";
import { type PkgServer, startPkgServer } from "./packages/pkg-server.ts";
import { STANDARD_PACKAGES, standardCatalogue } from "./packages/standard.ts";
import { resolveProject } from "./resolver/resolve-project.ts";
import { stopResolvers } from "./resolver/resolver.ts";
import { newestOf, type Surroundings, startSurroundings } from "./surroundings.ts";
import { removeCaches, timedBuild } from "./timed-build.ts";

const example = fileURLToPath(new URL("../../examples/hello", import.meta.url));
/** Tells the containers of this run from others. */
const ownRun = String(process.pid);
const added = "Almanac";
const addedLines = `
import Almanac, Dates
println("The last leap day was a ", first(keys(Almanac.weekdays([Dates.Date(2024, 2, 29)]))), ".")
`;

/** What one run of the demo works with. */
interface Stage {
  readonly engine: Engine;
  readonly julia: JuliaImage;
  readonly server: PkgServer;
  /** A copy of the example. */
  readonly folder: string;
  readonly tag: string;
}

await main();

async function main(): Promise<void> {
  const available = await engineAvailable();
  if (available.kind === "none") {
    console.error(`The demo cannot run here. ${available.reason}`);
    process.exitCode = 1;
    return;
  }
  console.log(introduction);
  const how =
    available.kind === "user" ? "Looking at the running Docker" : "Starting a private Docker engine";
  const surroundings = await timed(`${how} (a few minutes the first time)`, () =>
    startSurroundings({ store: available.stores.at(-1) ?? "overlay2" }),
  );
  try {
    await perform(surroundings);
  } finally {
    await surroundings.stop();
  }
}

async function perform({ engines, julias, registry }: Surroundings): Promise<void> {
  const [engine] = engines as [Engine];
  const julia = newestOf(julias);
  const frontend = await timed("Building the frontend image (about a minute the first time)", () =>
    buildFrontendImage(engine, registry, "demo"),
  );
  const id = `demo-${randomBytes(4).toString("hex")}`;
  const server = await startPkgServer(standardCatalogue());
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-demo-"));
  const tag = `julia-frontend-${id}`;
  try {
    await cp(example, folder, { recursive: true });
    await prepareSpec(folder, { frontend, julia, server: server.url, cacheId: id });
    const stage = { engine, julia, server, folder, tag };
    await writeProject(stage, []);
    await tell(stage);
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
): Promise<void> {
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
  console.log(`\njulia.toml:\n\n${indent(spec)}`);
}

async function tell(stage: Stage): Promise<void> {
  const first = await build(stage, "1. Build: docker buildx build -f julia.toml -t hello .");
  await run(stage, "2. Run: docker run hello julia main.jl Ada");
  await addDependency(stage);
  const second = await build(stage, `3. Add the dependency ${added} and build again`);
  await run(stage, "4. Run");
  const third = await build(stage, "5. Build once more with nothing changed");
  const rows = { "first build": first, "one dependency added": second, "nothing changed": third };
  console.log(`\n${summaryTable(new Map(Object.entries(rows)))}`);
}

async function build({ engine, server, folder, tag }: Stage, title: string): Promise<Build> {
  console.log(`\n${title}\n`);
  server.clear();
  const result = await timedBuild(engine, { folder, file: "julia.toml", tag });
  console.log(indent(stepTable(result.steps)));
  return { ...workOf(result.steps, server.requests(), STANDARD_PACKAGES), seconds: result.seconds };
}

async function run({ engine, tag }: Stage, title: string): Promise<void> {
  console.log(`\n${title}\n`);
  const command = ["run", "--rm", "--network=none", "--read-only", tag, "julia", "main.jl", "Ada"];
  const start = performance.now();
  const { stdout } = await engine.docker(command);
  console.log(
    `${indent(stdout.trimEnd())}\n\n  (${seconds(start)}, without network, read-only, as user 1000)`,
  );
}

/** What `Pkg.add` in the project writes, and a use of the new package. */
async function addDependency(stage: Stage): Promise<void> {
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

/** Says what is going on before it starts, and how long it took when it is over. */
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  process.stdout.write(`${what}… `);
  const start = performance.now();
  const result = await work();
  console.log(seconds(start));
  return result;
}

function seconds(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
