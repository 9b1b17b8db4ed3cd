import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { thisDebian } from "./debian-packages.ts";
import type { Engine } from "./engine-client.ts";
import { registryProgram } from "./engine-programs.ts";
import { choosePort } from "./ports.ts";
import { runningProcess, startProcess, stopProcess, waitUntil } from "./processes.ts";
import { statePath, withLock } from "./state.ts";

const PREFERRED_PORT = 5000;
const CONTAINER = "julia-frontend-tests-registry";

export interface Registry {
  /** `127.0.0.1:<port>`: plain HTTP, which engines accept on the loopback. */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Starts a registry on the loopback, or finds the one that runs; what the program of Debian stores is
 * kept between runs. Where there is no Debian, the engine runs the official registry image.
 */
export async function startRegistry(engine: Engine): Promise<Registry> {
  return withLock("registry", async () => {
    const debian = await thisDebian();
    const registry = debian === undefined ? await startRegistryContainer(engine) : await startProgram();
    if (!(await waitUntil(() => answers(registry.address), 20_000))) {
      throw new Error(`the registry on ${registry.address} did not start`);
    }
    return registry;
  });
}

/** Has the engine run the official registry image on a loopback port, or finds the container that runs. */
export async function startRegistryContainer(engine: Engine): Promise<Registry> {
  const published = await engine.docker(["port", CONTAINER, "5000/tcp"], { check: false });
  const stop = async (): Promise<void> => {
    await engine.docker(["rm", "--force", CONTAINER], { check: false });
  };
  if (published.code === 0) return { address: published.stdout.trim(), stop };
  await stop();
  const address = `127.0.0.1:${await choosePort(PREFERRED_PORT)}`;
  await engine.docker(["run", "--detach", "--name", CONTAINER, "--publish", `${address}:5000`, "registry:2"]);
  return { address, stop };
}

/** Whether the registry that runs as a program of ours is alive. */
export async function registryRuns(): Promise<boolean> {
  return (await runningProcess(pidFile())) !== undefined;
}

/** Stops the registry that runs as a program of ours; its images are kept. */
export async function stopRegistry(): Promise<void> {
  await stopProcess(pidFile());
}

function pidFile(): string {
  return statePath("registry", "registry.pid.json");
}

async function startProgram(): Promise<Registry> {
  const folder = statePath("registry");
  await mkdir(join(folder, "images"), { recursive: true });
  const running = await registryRuns();
  const port = running
    ? Number(await readFile(join(folder, "port"), "utf8"))
    : await choosePort(PREFERRED_PORT);
  if (!running) {
    await writeFile(join(folder, "port"), String(port));
    const config = join(folder, "config.json");
    await writeFile(config, JSON.stringify(configuration(folder, port), null, 2));
    await startProcess({
      file: await registryProgram(),
      arguments: ["serve", config],
      pidFile: pidFile(),
      logFile: join(folder, "registry.log"),
    });
  }
  return { address: `127.0.0.1:${port}`, stop: stopRegistry };
}

// Its configuration is YAML, of which JSON is a subset.
function configuration(folder: string, port: number): Readonly<Record<string, unknown>> {
  return {
    version: 0.1,
    log: { level: "warn" },
    storage: { filesystem: { rootdirectory: join(folder, "images") }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}` },
  };
}

async function answers(address: string): Promise<boolean> {
  const response = await fetch(`http://${address}/v2/`).catch(() => undefined);
  return response?.status === 200;
}
