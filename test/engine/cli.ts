import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { engineAvailable } from "./engine.ts";
import type { Engine } from "./engine-client.ts";
import { engineStores, engineSuite } from "./engine-programs.ts";
import { addJulia } from "./julia/add-julia.ts";
import { juliaArchives } from "./julia/archives.ts";
import { catalogueOf } from "./packages/catalogue.ts";
import { generatedPackages } from "./packages/generated.ts";
import { startPkgServer } from "./packages/pkg-server.ts";
import { STANDARD_PACKAGES } from "./packages/standard.ts";
import { choosePort } from "./ports.ts";
import { privateEngineRuns, stopPrivateEngines } from "./private-engine.ts";
import { runningProcess, startProcess, stopProcess, waitUntil } from "./processes.ts";
import { registryRuns, stopRegistry } from "./registry.ts";
import { statePath, stateSubfolder } from "./state.ts";
import { startSurroundings } from "./surroundings.ts";

/** The Pkg server that `up` leaves running listens here if it can; tests start their own. */
const PREFERRED_PKG_SERVER_PORT = 8721;
const PKG_SERVER_PID = statePath("pkg-server", "pkg-server.pid.json");
const PKG_SERVER_PORT = statePath("pkg-server", "port");
const PKG_SERVER_LOG = statePath("pkg-server", "pkg-server.log");

const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
  up,
  down,
  status,
  "serve-packages": servePackages,
  "add-julia": addArchive,
};

const USAGE = `npm run engine -- <command>
  up              start the engines, the registry and a Pkg server, and keep them running
  down            stop them; what they made and downloaded is kept
  status          say what runs
  serve-packages  serve the test packages in the foreground, on a port if one is given
  add-julia FILE  keep an image of Julia for all later runs of the tests: what \`docker save\` wrote, an OCI layout as a
                  tar archive, or a tar archive of a root file system with /usr/local/julia`;

const command = COMMANDS[process.argv[2] ?? ""];
if (command === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  await command();
}

async function up(): Promise<void> {
  const available = await engineAvailable();
  if (available.kind === "none") {
    console.error(available.reason);
    process.exitCode = 1;
    return;
  }
  const { engines, julias, registry } = await startSurroundings();
  for (const engine of engines) describe(engine);
  for (const { image, version } of julias) console.log(`Julia ${version}: ${image}`);
  console.log(`registry: ${registry.address}`);
  console.log(`Pkg server: JULIA_PKG_SERVER=${await startPkgServerProcess()}`);
}

async function down(): Promise<void> {
  await stopProcess(PKG_SERVER_PID);
  await stopRegistry();
  await stopPrivateEngines();
}

async function status(): Promise<void> {
  const available = await engineAvailable();
  console.log(available.kind === "none" ? available.reason : `engine: ${available.kind}`);
  for (const store of engineStores(engineSuite())) {
    if (await privateEngineRuns(store)) console.log(`private engine with the ${store} store: running`);
  }
  if (await registryRuns()) console.log("registry: running");
  for (const { version, file } of await juliaArchives())
    console.log(`archive with Julia ${version}: ${file}`);
  if ((await runningProcess(PKG_SERVER_PID)) !== undefined)
    console.log(`Pkg server: ${await pkgServerUrl()}`);
}

async function addArchive(): Promise<void> {
  const file = process.argv[3];
  if (file === undefined) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  try {
    const { image, version } = await addJulia(file);
    console.log(`Julia ${version} is tested from now on, as ${image}, unless JULIA_IMAGES names others.`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

function describe(engine: Engine): void {
  console.log(`${engine.store}: ${engine.client}`);
  for (const name of ["DOCKER_HOST", "DOCKER_CONFIG"]) {
    const value = engine.environment[name];
    if (engine.owned && value !== undefined) console.log(`  export ${name}=${value}`);
  }
}

async function startPkgServerProcess(): Promise<string> {
  if ((await runningProcess(PKG_SERVER_PID)) === undefined) {
    const port = await choosePort(PREFERRED_PKG_SERVER_PORT);
    await stateSubfolder("pkg-server");
    await writeFile(PKG_SERVER_PORT, String(port));
    await startProcess({
      file: process.execPath,
      arguments: ["--import", "tsx", fileURLToPath(import.meta.url), "serve-packages", String(port)],
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      pidFile: PKG_SERVER_PID,
      logFile: PKG_SERVER_LOG,
    });
  }
  const url = await pkgServerUrl();
  const answers = async (): Promise<boolean> =>
    (await fetch(`${url}/registries`).catch(() => undefined))?.status === 200;
  if (!(await waitUntil(answers, 20_000))) {
    throw new Error(`the Pkg server on ${url} did not start; see ${PKG_SERVER_LOG}`);
  }
  return url;
}

async function pkgServerUrl(): Promise<string> {
  return `http://127.0.0.1:${await readFile(PKG_SERVER_PORT, "utf8")}`;
}

async function servePackages(): Promise<void> {
  const packages = [...STANDARD_PACKAGES, ...generatedPackages({ count: 60 })];
  const port = Number(process.argv[3] ?? (await choosePort(PREFERRED_PKG_SERVER_PORT)));
  const server = await startPkgServer(catalogueOf(packages), { port });
  console.log(`JULIA_PKG_SERVER=${server.url}`);
}
