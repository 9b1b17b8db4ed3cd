import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runChecked } from "./command.ts";
import { CREATED, debianTar, imageLayout, SYSTEM_PATH } from "./debian-image.ts";
import { unpackDebianPackages } from "./debian-packages.ts";
import type { Engine } from "./engine-client.ts";
import { type ImageDescription, loadImageLayout, writeImageIndex } from "./image-layout.ts";
import { isPresent, pullIfAbsent } from "./presence.ts";
import { stateSubfolder } from "./state.ts";

const dockerfile = fileURLToPath(new URL("../../Dockerfile.frontend", import.meta.url));

/** Has the engine pull, or be given, the node image that the frontend image is built on. */
export async function ensureNodeImage(engine: Engine): Promise<void> {
  const name = await nodeNameOfDockerfile();
  if (!engine.owned) await pullIfAbsent(engine, name);
  else if (!(await isPresent(engine, name))) await loadImageLayout(engine, await nodeImageLayout(name));
}

/** The node image that Dockerfile.frontend builds on. */
export async function nodeNameOfDockerfile(): Promise<string> {
  return nodeImageName(await readFile(dockerfile, "utf8"));
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

const NAME_FORM = /^node:([\d.]+)-(\w+)-slim$/;

function description(name: string, architecture: string): ImageDescription {
  const version = NAME_FORM.exec(name)?.[1];
  return {
    name: `docker.io/library/${name}`,
    architecture,
    created: CREATED,
    configuration: { Env: [`PATH=${SYSTEM_PATH}`, `NODE_VERSION=${version}`], Cmd: ["node"] },
  };
}

/** The official node image's like, from Debian and the npm registry; made once. */
async function nodeImageLayout(name: string): Promise<string> {
  const [, version = "", suite = ""] = NAME_FORM.exec(name) ?? [];
  return imageLayout(name.replace(":", "-"), description(name, "amd64"), async (tar) => {
    const root = await nodeFiles(version, "x64");
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

/**
 * A folder with the node image for amd64 and for arm64, as the official one is for both. Nothing of the second can be run here:
 * it is files of Debian's packages, not installed, and node.
 */
export async function nodeIndexLayout(name: string): Promise<string> {
  const [, version = "", suite = ""] = NAME_FORM.exec(name) ?? [];
  const native = await nodeImageLayout(name);
  const foreign = await imageLayout(
    `${name.replace(":", "-")}-arm64`,
    description(name, "arm64"),
    async (tar) => {
      const root = await nodeFiles(version, "arm64");
      const libraries = await unpackDebianPackages(suite, ["libc6", "libstdc++6", "libgcc-s1"], "arm64");
      const paths = ["-C", libraries, ".", "--transform=s,^./bin,./usr/local/bin,", "-C", root, "./bin/node"];
      await runChecked("tar", ["--create", "--file", tar, "--owner=0", "--group=0", ...paths]);
      await rm(root, { recursive: true, force: true });
    },
  );
  const folder = await stateSubfolder("images", `.node-index-${process.pid}`);
  await writeImageIndex(folder, [native, foreign]);
  return folder;
}

/** A folder like the image's /usr/local: node from npm's package for the processor, npm from its own package. */
async function nodeFiles(version: string, processor: "x64" | "arm64"): Promise<string> {
  const root = await stateSubfolder("images", `.node-${version}-${processor}-${process.pid}`);
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
    unpack(`node-linux-${processor}@${version}`, root, ["package/bin/node"]),
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
