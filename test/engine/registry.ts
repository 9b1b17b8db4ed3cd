import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { registryProgram } from "./engine-programs.ts";
import { runningProcess, startProcess, stopProcess, waitUntil } from "./processes.ts";
import { statePath, withLock } from "./state.ts";

const PREFERRED_PORT = 5000;

export interface Registry {
  /** `127.0.0.1:<port>`: plain HTTP, which engines accept on the loopback. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts docker-registry on the loopback, or finds the one that runs; its images are kept between runs. */
export async function startRegistry(): Promise<Registry> {
  const folder = statePath("registry");
  const pidFile = join(folder, "registry.pid");
  const logFile = join(folder, "registry.log");
  return withLock("registry", async () => {
    await mkdir(join(folder, "images"), { recursive: true });
    const running = (await runningProcess(pidFile)) !== undefined;
    const port = running ? await recordedPort(folder) : await choosePort();
    if (!running) {
      await writeFile(join(folder, "port"), String(port));
      const config = join(folder, "config.json");
      await writeFile(config, JSON.stringify(configuration(folder, port), null, 2));
      const file = await registryProgram();
      await startProcess({ file, arguments: ["serve", config], pidFile, logFile });
    }
    const address = `127.0.0.1:${port}`;
    if (!(await waitUntil(() => answers(address), 15_000))) {
      throw new Error(`docker-registry did not start; see ${logFile}`);
    }
    return { address, stop: () => stopProcess(pidFile) };
  });
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

async function recordedPort(folder: string): Promise<number> {
  return Number(await readFile(join(folder, "port"), "utf8"));
}

async function answers(address: string): Promise<boolean> {
  const response = await fetch(`http://${address}/v2/`).catch(() => undefined);
  return response?.status === 200;
}

async function choosePort(): Promise<number> {
  return (await listenable(PREFERRED_PORT)) ?? ((await listenable(0)) as number);
}

function listenable(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const chosen = typeof address === "object" && address !== null ? address.port : undefined;
      server.close(() => resolve(chosen));
    });
  });
}
