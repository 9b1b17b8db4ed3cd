import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { thisDebian, unpackDebianPackages } from "./debian-packages.ts";
import type { ImageStore } from "./engine-client.ts";
import { withLock } from "./state.ts";

interface EngineSuite {
  readonly packages: readonly string[];
  readonly stores: readonly ImageStore[];
}

const BOTH: readonly ImageStore[] = ["overlay2", "containerd"];
const CLIENT = ["docker-cli", "docker-buildx", "docker-compose"];
const DOCKER = ["docker.io", "containerd", ...CLIENT];
/** Where Debian puts what `docker` finds as its sub-commands. */
const PLUGINS = "usr/libexec/docker/cli-plugins";

/** Debian suites whose engine can be run here: 20.10 (without containerd's image store), 26.1, 28.5 and newer. */
const SUITES: Readonly<Record<string, EngineSuite>> = {
  bookworm: { packages: ["docker.io", "containerd", "tini"], stores: ["overlay2"] },
  trixie: { packages: [...DOCKER, "tini"], stores: BOTH },
  forky: { packages: [...DOCKER, "tini-static"], stores: BOTH },
  sid: { packages: [...DOCKER, "tini-static"], stores: BOTH },
};

/** The suite that the engine comes from; `ENGINE_SUITE` chooses another, to test with other versions. */
export function engineSuite(): string {
  const suite = process.env.ENGINE_SUITE || "forky";
  suiteNamed(suite);
  return suite;
}

/** The image stores that a suite's engine has. */
export function engineStores(suite: string): readonly ImageStore[] {
  return suiteNamed(suite).stores;
}

function suiteNamed(suite: string): EngineSuite {
  const found = SUITES[suite];
  if (found === undefined) {
    throw new Error(`ENGINE_SUITE=${suite} is not one of ${Object.keys(SUITES).join(", ")}`);
  }
  return found;
}

export interface EnginePrograms {
  readonly dockerd: string;
  readonly containerd: string;
  readonly docker: string;
  /** Program files of `docker buildx` and `docker compose`. */
  readonly plugins: readonly string[];
  readonly init: string;
  /** Folders with runc and containerd's shim, for the PATH of both daemons. */
  readonly path: readonly string[];
}

/** The engine of one suite, unpacked. Two suites live side by side. */
export async function enginePrograms(suite: string): Promise<EnginePrograms> {
  return withLock(`programs-${suite}`, async () => {
    const engine = await unpackDebianPackages(suite, suiteNamed(suite).packages);
    // Debian 12's engine has no plugins of its own; the client of a newer suite speaks to it.
    const hasClient = existsSync(join(engine, PLUGINS));
    const client = hasClient ? engine : await unpackDebianPackages("forky", CLIENT);
    return {
      dockerd: join(engine, "usr/sbin/dockerd"),
      containerd: join(engine, "usr/bin/containerd"),
      docker: join(client, "usr/bin/docker"),
      plugins: ["docker-buildx", "docker-compose"].map((name) => join(client, PLUGINS, name)),
      init: join(engine, "usr/bin/tini-static"),
      path: [join(engine, "usr/bin"), join(await ownSuite(["runc"]), "usr/sbin")],
    };
  });
}

/** docker-registry of this machine's own suite. */
export async function registryProgram(): Promise<string> {
  const root = await withLock("programs-registry", () => ownSuite(["docker-registry"]));
  return join(root, "usr/bin/docker-registry");
}

/** mmdebstrap of this machine's own suite: makes a Debian file system as a reproducible tar file. */
export async function mmdebstrapFolder(): Promise<string> {
  return join(await withLock("programs-mmdebstrap", () => ownSuite(["mmdebstrap"])), "usr/bin");
}

// runc of newer suites needs a newer libc than an older machine has; its own suite's always fits.
async function ownSuite(names: readonly string[]): Promise<string> {
  const debian = await thisDebian();
  if (debian === undefined) throw new Error("this machine is not a Debian whose apt has a mirror configured");
  return unpackDebianPackages(debian.codename, names);
}

/** A DOCKER_CONFIG folder of our own, so that the user's logins and builders are neither read nor changed. */
export async function makeDockerConfig(folder: string, programs: EnginePrograms): Promise<void> {
  const plugins = join(folder, "cli-plugins");
  await mkdir(plugins, { recursive: true });
  const config = join(folder, "config.json");
  if (!existsSync(config)) await writeFile(config, "{}\n");
  for (const program of programs.plugins) {
    await symlink(program, join(plugins, basename(program))).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}
