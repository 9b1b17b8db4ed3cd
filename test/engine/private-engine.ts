import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./command.ts";
import { type Engine, engineAt, type ImageStore } from "./engine-client.ts";
import {
  type EnginePrograms,
  enginePrograms,
  engineStores,
  engineSuite,
  makeDockerConfig,
} from "./engine-programs.ts";
import { killProcess, runningProcess, startProcess, stopProcess, waitUntil } from "./processes.ts";
import { statePath, withLock } from "./state.ts";

/** Starts an engine of our own, in folders and with sockets of its own, or finds the one that runs. */
export async function startPrivateEngine(store: ImageStore): Promise<Engine> {
  const { engine, start } = await instanceOf(store, store);
  await start();
  return engine;
}

/** An engine that no one else uses, so that bad things can be done to it. */
export interface FreshEngine extends Engine {
  /** Kills the daemon without a word to what it runs, as a crash would. */
  crash(): Promise<void>;
  /** Starts the daemon again, with what it had. */
  restart(): Promise<void>;
}

export interface FreshEngineOptions {
  /** An existing folder in which the engine keeps everything that its own graph driver stores. */
  readonly dataRoot?: string;
}

/** Starts an engine that has seen nothing yet, beside ours. Stopping it removes its state. */
export async function startFreshEngine(
  store: ImageStore,
  options: FreshEngineOptions = {},
): Promise<FreshEngine> {
  const suite = engineSuite();
  const instance = `${store}-${randomBytes(3).toString("hex")}`;
  const { engine, start } = await instanceOf(store, instance, options);
  await start();
  const stop = async (): Promise<void> => {
    // What is in containerd would stay: it serves all engines.
    await engine.docker(["system", "prune", "--all", "--force"], { check: false });
    await engine.stop();
    await rm(statePath(suite, instance), { recursive: true, force: true });
  };
  const crash = (): Promise<void> => killProcess(dockerdPidFile(suite, instance));
  return { ...engine, stop, crash, restart: start };
}

interface Instance {
  readonly engine: Engine;
  /** Starts its daemons, unless they run. */
  readonly start: () => Promise<void>;
}

async function instanceOf(
  store: ImageStore,
  instance: string,
  { dataRoot }: FreshEngineOptions = {},
): Promise<Instance> {
  const suite = engineSuite();
  const programs = await enginePrograms(suite);
  const folder = statePath(suite, instance);
  const socket = join(folder, "docker.sock");
  if (socket.length > 100) throw new Error(`socket path too long for the kernel (107): ${socket}`);
  const config = join(folder, "client");
  await makeDockerConfig(config, programs);
  const host = `unix://${socket}`;
  const environment = { ...withoutDockerSettings(process.env), DOCKER_HOST: host, DOCKER_CONFIG: config };
  const engine = engineAt({ store, host, environment, client: programs.docker }, () =>
    stopPrivateEngine(suite, instance),
  );
  const start = (): Promise<void> =>
    withLock(`engine-${suite}`, async () => {
      const containerd = await startContainerd(suite, programs);
      await startDockerd(engine, {
        ...{ folder, instance, programs, containerd },
        dataRoot: dataRoot ?? join(folder, "data"),
        pidFile: dockerdPidFile(suite, instance),
      });
    });
  return { engine, start };
}

/** Whether our own engine with this store is alive. */
export async function privateEngineRuns(store: ImageStore): Promise<boolean> {
  return (await runningProcess(dockerdPidFile(engineSuite(), store))) !== undefined;
}

/** Stops our own engines of this suite; a user's Docker is left alone. */
export async function stopPrivateEngines(): Promise<void> {
  const suite = engineSuite();
  for (const store of engineStores(suite)) await stopPrivateEngine(suite, store);
}

async function stopPrivateEngine(suite: string, instance: string): Promise<void> {
  await withLock(`engine-${suite}`, async () => {
    await stopProcess(dockerdPidFile(suite, instance));
    await unmountBelow(statePath(suite, instance));
    const others = engineStores(suite).map((other) => runningProcess(dockerdPidFile(suite, other)));
    // The last engine ends the containerd that all of them share.
    if ((await Promise.all(others)).every((other) => other === undefined)) {
      await stopProcess(containerdPidFile(suite));
    }
  });
}

/** An engine that was killed leaves mounts, which would keep its folder from being removed. */
async function unmountBelow(folder: string): Promise<void> {
  const table = await readFile("/proc/self/mountinfo", "utf8");
  // proc_pid_mountinfo(5): the fifth field is the mount point. The last mounted goes first.
  const points = table.split("\n").map((line) => line.split(" ")[4] ?? "");
  for (const point of points.filter((path) => path.startsWith(`${folder}/`)).reverse()) {
    await run("umount", [point]);
  }
}

function dockerdPidFile(suite: string, instance: string): string {
  return statePath(suite, instance, "dockerd.pid.json");
}

function containerdPidFile(suite: string): string {
  return statePath(suite, "containerd.pid.json");
}

async function startContainerd(suite: string, programs: EnginePrograms): Promise<string> {
  const folder = statePath(suite);
  const socket = join(folder, "containerd.sock");
  const pidFile = containerdPidFile(suite);
  if ((await runningProcess(pidFile)) !== undefined) return socket;
  await mkdir(folder, { recursive: true });
  // Left by one that was killed, it would look like the new one's.
  await rm(socket, { force: true });
  const config = join(folder, "containerd.toml");
  await writeFile(config, `version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n`);
  const args = ["--root", join(folder, "containerd"), "--state", join(folder, "containerd-state")];
  const logFile = join(folder, "containerd.log");
  await startProcess({
    file: programs.containerd,
    arguments: ["--config", config, ...args, "--address", socket],
    environment: daemonEnvironment(programs),
    pidFile,
    logFile,
  });
  if (!(await waitUntil(async () => existsSync(socket), 20_000))) {
    throw new Error(`containerd did not start; see ${logFile}`);
  }
  return socket;
}

interface DaemonSetting {
  /** What tells engines of one containerd apart: the store, but for fresh ones. */
  readonly instance: string;
  readonly folder: string;
  readonly dataRoot: string;
  readonly pidFile: string;
  readonly programs: EnginePrograms;
  /** Address of containerd's socket. */
  readonly containerd: string;
}

async function startDockerd(engine: Engine, setting: DaemonSetting): Promise<void> {
  const { folder, pidFile, programs } = setting;
  const logFile = join(folder, "dockerd.log");
  if ((await runningProcess(pidFile)) === undefined) {
    await writeFile(join(folder, "daemon.json"), JSON.stringify(daemonConfiguration(engine.store), null, 2));
    // dockerd refuses to start while any process has the pid that one before it left behind.
    await rm(join(folder, "dockerd.pid"), { force: true });
    await startProcess({
      file: programs.dockerd,
      arguments: dockerdArguments(engine, setting),
      environment: daemonEnvironment(programs),
      pidFile,
      logFile,
    });
  }
  const answers = async (): Promise<boolean> =>
    (await engine.docker(["version"], { check: false, timeout: 10_000 })).code === 0;
  const ended = async (): Promise<boolean> => (await runningProcess(pidFile)) === undefined;
  await waitUntil(async () => (await ended()) || (await answers()), 60_000);
  if (!(await answers())) throw new Error(`dockerd did not start; see ${logFile}`);
}

function daemonConfiguration(store: ImageStore): Readonly<Record<string, unknown>> {
  return {
    ...(store === "overlay2" ? { "storage-driver": "overlay2" } : {}),
    features: { "containerd-snapshotter": store === "containerd" },
    // On a disk that is nearly full, collecting garbage would drop what a test has just built.
    builder: { gc: { enabled: false } },
  };
}

/** No bridge and no firewall rules: nothing outside the state folder changes; steps use the host's network. */
function dockerdArguments(engine: Engine, setting: DaemonSetting): readonly string[] {
  const { folder, dataRoot, programs, containerd, instance } = setting;
  return [
    ...["--config-file", join(folder, "daemon.json")],
    ...["--data-root", dataRoot],
    ...["--exec-root", join(folder, "exec")],
    ...["--pidfile", join(folder, "dockerd.pid")],
    ...["--host", engine.host],
    ...["--containerd", containerd],
    ...["--containerd-namespace", `${instance}-images`],
    ...["--containerd-plugins-namespace", `${instance}-plugins`],
    ...["--init-path", programs.init],
    "--iptables=false",
    "--ip6tables=false",
    "--bridge=none",
    "--userland-proxy=false",
  ];
}

function daemonEnvironment(programs: EnginePrograms): Readonly<Record<string, string | undefined>> {
  const path = [...programs.path, "/usr/sbin", "/usr/bin", "/sbin", "/bin"].join(":");
  return { ...withoutDockerSettings(process.env), PATH: path };
}

function withoutDockerSettings(environment: NodeJS.ProcessEnv): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(DOCKER|BUILDX|BUILDKIT|COMPOSE)_/.test(name)),
  );
}
