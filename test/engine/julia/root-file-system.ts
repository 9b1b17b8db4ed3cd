import { constants } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { run, runChecked } from "../command.ts";
import { CREATED, SYSTEM_PATH } from "../debian-image.ts";
import { elfArchitecture } from "../elf.ts";
import { writeImageLayout } from "../image-layout.ts";
import type { FindMember, FoundImage } from "./add-julia.ts";

/** Where the official image has Julia, without the slash in front. */
export const JULIA_HOME = "usr/local/julia";

/** Gives a root file system that is shaped like the official image's the configuration of the official image. */
export async function layoutOfRootFileSystem(
  file: string,
  scratch: string,
  find: FindMember,
): Promise<FoundImage> {
  const version = await versionIn(file, find);
  const program = find(`${JULIA_HOME}/bin/julia`) as string;
  await runChecked("tar", ["-xf", file, "-C", scratch, program]);
  const architecture = elfArchitecture(await readFile(join(scratch, program)));
  const image = `julia:${version}`;
  const layer = join(scratch, "layer.tar");
  await copyUncompressed(file, layer);
  const folder = join(scratch, "layout");
  await writeImageLayout(folder, layer, {
    name: `docker.io/library/${image}`,
    architecture,
    created: CREATED,
    configuration: {
      Env: [
        `JULIA_PATH=/${JULIA_HOME}`,
        `PATH=/${JULIA_HOME}/bin:${SYSTEM_PATH}`,
        `JULIA_VERSION=${version}`,
      ],
      Cmd: ["julia"],
    },
  });
  return { folder, image, version, architecture };
}

async function versionIn(file: string, find: FindMember): Promise<string> {
  const path = `${JULIA_HOME}/include/julia/julia_version.h`;
  const header = find(path);
  if (header === undefined) throw new Error(`${file} has no /${path}, which names the version`);
  const { stdout } = await runChecked("tar", ["-xOf", file, header]);
  const version = /JULIA_VERSION_STRING "([^"]+)"/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`/${path} in ${file} names no version`);
  return version;
}

/** A layer's digest is that of the plain archive. */
async function copyUncompressed(file: string, target: string): Promise<void> {
  const isCompressed = (await run("gzip", ["--test", file])).code === 0;
  if (!isCompressed) return copyFile(file, target, constants.COPYFILE_FICLONE);
  await copyFile(file, `${target}.gz`);
  await runChecked("gzip", ["--decompress", `${target}.gz`]);
}
