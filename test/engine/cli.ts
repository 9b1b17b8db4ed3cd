import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { engineAvailable } from "./engine.ts";
import type { Engine } from "./engine-client.ts";
import { catalogueOf } from "./packages/catalogue.ts";
import { generatedPackages } from "./packages/generated.ts";
import { startPkgServer } from "./packages/pkg-server.ts";
import { STANDARD_PACKAGES } from "./packages/standard.ts";
import { PRIVATE_STORES, privateEngineRuns, stopPrivateEngines } from "./private-engine.ts";
import { runningProcess, startProcess, stopProcess, waitUntil } from "./processes.ts";
import { registryRuns, stopRegistry } from "./registry.ts";
import { statePath } from "./state.ts";
import { startSurroundings } from "./surroundings.ts";

/** The Pkg server that `up` leaves running; tests start their own on other ports. */
const PKG_SERVER_PORT = 8123;
const PKG_SERVER_PID = statePath("pkg-server", "pkg-server.pid.json");

const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
  up,
  down,
  status,
  "serve-packages": servePackages,
};

const USAGE = `npm run engine -- <command>
  up              start the engines, the registry and a Pkg server, and keep them running
  down            stop them; what they made and downloaded is kept
  status          say what runs
  serve-packages  serve the test packages in the foreground`;

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
  const { engines, registry } = await startSurroundings();
  for (const engine of engines) describe(engine);
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
  for (const store of PRIVATE_STORES) {
    if (await privateEngineRuns(store)) console.log(`private engine with the ${store} store: running`);
  }
  if (await registryRuns()) console.log("registry: running");
  if ((await runningProcess(PKG_SERVER_PID)) !== undefined)
    console.log(`Pkg server: port ${PKG_SERVER_PORT}`);
}

function describe(engine: Engine): void {
  console.log(`${engine.store}: ${engine.client}`);
  for (const name of ["DOCKER_HOST", "DOCKER_CONFIG"]) {
    const value = engine.environment[name];
    if (engine.owned && value !== undefined) console.log(`  export ${name}=${value}`);
  }
}

async function startPkgServerProcess(): Promise<string> {
  const url = `http://127.0.0.1:${PKG_SERVER_PORT}`;
  if ((await runningProcess(PKG_SERVER_PID)) === undefined) {
    await startProcess({
      file: process.execPath,
      arguments: ["--import", "tsx", fileURLToPath(import.meta.url), "serve-packages"],
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      pidFile: PKG_SERVER_PID,
      logFile: statePath("pkg-server", "pkg-server.log"),
    });
  }
  const answers = async (): Promise<boolean> =>
    (await fetch(`${url}/registries`).catch(() => undefined))?.status === 200;
  if (!(await waitUntil(answers, 20_000))) {
    const log = await readFile(statePath("pkg-server", "pkg-server.log"), "utf8").catch(() => "");
    throw new Error(`the Pkg server did not start\n${log}`);
  }
  return url;
}

async function servePackages(): Promise<void> {
  const packages = [...STANDARD_PACKAGES, ...generatedPackages({ count: 60 })];
  const server = await startPkgServer(catalogueOf(packages), { port: PKG_SERVER_PORT });
  console.log(`JULIA_PKG_SERVER=${server.url}`);
}
