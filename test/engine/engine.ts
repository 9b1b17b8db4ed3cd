import { existsSync, statfsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CommandOptions, type CommandResult, run, runChecked } from "./command.ts";
import { thisDebian } from "./debian-packages.ts";
import { type EnginePrograms, enginePrograms, engineSuite, makeDockerConfig } from "./engine-programs.ts";
import { runningProcess, startProcess, stopProcess, waitUntil } from "./processes.ts";
import { stateFolder, statePath, withLock } from "./state.ts";

/** Where an engine keeps images: Docker's own graph driver, or containerd with snapshots. */
export type ImageStore = "overlay2" | "containerd";

export interface Engine {
  readonly store: ImageStore;
  /** Value for DOCKER_HOST. */
  readonly host: string;
  /** False for a Docker that the user runs: it is used, never stopped. */
  readonly owned: boolean;
  /** The docker client's program file. */
  readonly client: string;
  /** The environment in which `docker` reaches this engine and no other. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Runs the docker client; throws on a code other than 0 unless `check` is false. */
  docker(args: readonly string[], options?: DockerOptions): Promise<CommandResult>;
  stop(): Promise<void>;
}

export interface DockerOptions extends CommandOptions {
  readonly check?: boolean;
}

export type Availability =
  | { readonly kind: "user"; readonly stores: readonly ImageStore[] }
  | { readonly kind: "private"; readonly stores: readonly ImageStore[] }
  | { readonly kind: "none"; readonly reason: string };

/** What engines can be had on this machine, or why none can and what to install. */
export async function engineAvailable(): Promise<Availability> {
  // ENGINE_SUITE asks for an engine of that version, so a running Docker would be the wrong one.
  const userStore = process.env.ENGINE_SUITE ? undefined : await userEngineStore();
  if (userStore !== undefined) return { kind: "user", stores: [userStore] };
  const advice = "Start Docker (with buildx), or run this as root on Debian 12 or newer.";
  if (process.platform !== "linux" || (await thisDebian()) === undefined) {
    return {
      kind: "none",
      reason: `No Docker is running, and this is not a Debian with a mirror. ${advice}`,
    };
  }
  if (process.getuid?.() !== 0) {
    return { kind: "none", reason: `No Docker is running, and this is not root. ${advice}` };
  }
  const missing = ["apt-get", "dpkg-deb", "perl", "tar", "mount"].filter((name) => !onPath(name));
  if (missing.length > 0) return { kind: "none", reason: `Install first: ${missing.join(", ")}.` };
  if (await isOverlay(stateFolder())) {
    const reason = `${stateFolder()} is on an overlay file system, on which no engine can store images. Set JULIA_FRONTEND_STATE to a folder on a disk or a volume.`;
    return { kind: "none", reason };
  }
  return { kind: "private", stores: ["overlay2", "containerd"] };
}

/** An engine with the given image store: the user's running one if it has that store, else our own. */
export async function startEngine(wanted: { readonly store: ImageStore }): Promise<Engine> {
  const available = await engineAvailable();
  if (available.kind === "none") throw new Error(available.reason);
  if (!available.stores.includes(wanted.store)) {
    throw new Error(`the running Docker has the ${available.stores.join()} store, not ${wanted.store}`);
  }
  return available.kind === "user" ? userEngine(wanted.store) : startPrivateEngine(wanted.store);
}

/** Stops the containerd that the private engines of this suite share. */
export async function stopContainerd(): Promise<void> {
  await stopProcess(statePath(engineSuite(), "containerd.pid"));
}

async function userEngineStore(): Promise<ImageStore | undefined> {
  const result = await run("docker", ["info", "--format", "{{json .DriverStatus}}"], {
    timeout: 10_000,
  }).catch(() => undefined);
  if (result === undefined || result.code !== 0 || !result.stdout.startsWith("[")) return undefined;
  return result.stdout.includes("io.containerd.snapshotter") ? "containerd" : "overlay2";
}

function userEngine(store: ImageStore): Engine {
  return engineAt({ store, host: process.env.DOCKER_HOST ?? "", client: "docker", environment: process.env });
}

async function startPrivateEngine(store: ImageStore): Promise<Engine> {
  const suite = engineSuite();
  const programs = await enginePrograms(suite);
  const folder = statePath(suite, store);
  const socket = join(folder, "docker.sock");
  if (socket.length > 100) throw new Error(`socket path too long for the kernel (107): ${socket}`);
  const config = join(folder, "client");
  await makeDockerConfig(config, programs);
  const engine = engineAt({
    store,
    host: `unix://${socket}`,
    client: programs.docker,
    environment: {
      ...withoutDockerSettings(process.env),
      DOCKER_HOST: `unix://${socket}`,
      DOCKER_CONFIG: config,
    },
    pidFile: join(folder, "dockerd.pid.json"),
  });
  await withLock(`engine-${suite}`, async () => {
    const containerd = await startContainerd(suite, programs);
    await startDockerd(engine, folder, programs, containerd);
  });
  return engine;
}

interface EngineParts {
  readonly store: ImageStore;
  readonly host: string;
  readonly client: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pidFile?: string;
}

function engineAt(parts: EngineParts): Engine {
  return {
    store: parts.store,
    host: parts.host,
    owned: parts.pidFile !== undefined,
    client: parts.client,
    environment: parts.environment,
    docker: (args, options = {}) => {
      const environment = { ...parts.environment, ...options.environment };
      return (options.check === false ? run : runChecked)(parts.client, args, { ...options, environment });
    },
    stop: async () => {
      if (parts.pidFile !== undefined) await stopProcess(parts.pidFile);
    },
  };
}

async function startContainerd(suite: string, programs: EnginePrograms): Promise<string> {
  const folder = statePath(suite);
  const socket = join(folder, "containerd.sock");
  const pidFile = join(folder, "containerd.pid");
  if ((await runningProcess(pidFile)) !== undefined) return socket;
  await mkdir(folder, { recursive: true });
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

async function startDockerd(
  engine: Engine,
  folder: string,
  programs: EnginePrograms,
  containerd: string,
): Promise<void> {
  const pidFile = join(folder, "dockerd.pid.json");
  const logFile = join(folder, "dockerd.log");
  const answers = async (): Promise<boolean> =>
    (await engine.docker(["version"], { check: false, timeout: 10_000 })).code === 0;
  if ((await runningProcess(pidFile)) === undefined) {
    await writeFile(join(folder, "daemon.json"), JSON.stringify(daemonConfiguration(engine.store), null, 2));
    await startProcess({
      file: programs.dockerd,
      arguments: dockerdArguments(engine, folder, programs, containerd),
      environment: daemonEnvironment(programs),
      pidFile,
      logFile,
    });
  }
  const dead = async (): Promise<boolean> => (await runningProcess(pidFile)) === undefined;
  await waitUntil(async () => (await dead()) || (await answers()), 60_000);
  if (!(await answers())) throw new Error(`dockerd did not start; see ${logFile}`);
}

function daemonConfiguration(store: ImageStore): Readonly<Record<string, unknown>> {
  return {
    ...(store === "overlay2" ? { "storage-driver": "overlay2" } : {}),
    features: { "containerd-snapshotter": store === "containerd" },
    builder: { gc: { enabled: true, defaultKeepStorage: "30GB" } },
  };
}

/** No bridge and no firewall rules: nothing outside the state folder changes; steps use the host's network. */
function dockerdArguments(
  engine: Engine,
  folder: string,
  programs: EnginePrograms,
  containerd: string,
): readonly string[] {
  return [
    ...["--config-file", join(folder, "daemon.json")],
    ...["--data-root", join(folder, "data")],
    ...["--exec-root", join(folder, "exec")],
    ...["--pidfile", join(folder, "dockerd.pid")],
    ...["--host", engine.host],
    ...["--containerd", containerd],
    ...["--containerd-namespace", `${engine.store}-images`],
    ...["--containerd-plugins-namespace", `${engine.store}-plugins`],
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

function onPath(name: string): boolean {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/sbin"];
  return folders.some((folder) => existsSync(join(folder, name)));
}

async function isOverlay(folder: string): Promise<boolean> {
  const overlayMagic = 0x794c7630; // linux/magic.h: OVERLAYFS_SUPER_MAGIC
  await mkdir(folder, { recursive: true });
  return statfsSync(folder).type === overlayMagic;
}
