import { existsSync, statfsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./command.ts";
import { thisDebian } from "./debian-packages.ts";
import { type Engine, engineAt, type ImageStore } from "./engine-client.ts";
import { engineStores, engineSuite } from "./engine-programs.ts";
import { startPrivateEngine } from "./private-engine.ts";
import { stateFolder } from "./state.ts";

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
  return { kind: "private", stores: engineStores(engineSuite()) };
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

async function userEngineStore(): Promise<ImageStore | undefined> {
  const answer = async (...args: readonly string[]): Promise<string | undefined> => {
    const result = await run("docker", args, { timeout: 10_000 }).catch(() => undefined);
    return result?.code === 0 ? result.stdout : undefined;
  };
  const driverStatus = await answer("info", "--format", "{{json .DriverStatus}}");
  // A client without a daemon answers with code 0 and `null`.
  if (driverStatus === undefined || !driverStatus.startsWith("[")) return undefined;
  if ((await answer("buildx", "version")) === undefined) return undefined;
  return driverStatus.includes("io.containerd.snapshotter") ? "containerd" : "overlay2";
}

function userEngine(store: ImageStore): Engine {
  return engineAt({ store, host: process.env.DOCKER_HOST ?? "", client: "docker", environment: process.env });
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
