import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { runChecked } from "../command.ts";
import { stateSubfolder } from "../state.ts";
import { archiveFolder, describeArchive, type JuliaArchive } from "./archives.ts";
import { JULIA_HOME, layoutOfRootFileSystem } from "./root-file-system.ts";
import { layoutOfSavedImage } from "./saved-image.ts";

/** An image as a folder that becomes an archive for `docker load`. */
export interface FoundImage {
  readonly folder: string;
  readonly image: string;
  readonly version: string;
  readonly architecture: string;
}

/** Finds a member of an archive by its path, whether or not the archive's names begin with `./`. */
export type FindMember = (path: string) => string | undefined;

/** Puts a Julia image into the state folder: one that was saved, or a root file system that becomes one. */
export async function addJulia(file: string): Promise<JuliaArchive> {
  const members = (await runChecked("tar", ["-tf", file])).stdout.split("\n");
  const find: FindMember = (path) => members.find((member) => member.replace(/^\.?\//, "") === path);
  const scratch = await mkdtemp(join(await stateSubfolder("julia"), ".adding-"));
  try {
    if (find("manifest.json") !== undefined || find("index.json") !== undefined) {
      return await finish(await layoutOfSavedImage(file, scratch));
    }
    if (find(`${JULIA_HOME}/bin/julia`) !== undefined) {
      return await finish(await layoutOfRootFileSystem(file, scratch, find));
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  throw new Error(`${file} is neither a saved image nor a root file system with /${JULIA_HOME}/bin/julia`);
}

/** The description is written last: without it an archive does not count. */
async function finish({ folder, ...found }: FoundImage): Promise<JuliaArchive> {
  const file = `julia-${found.version}-${found.architecture}.tar`;
  const incomplete = join(archiveFolder(), `.${file}`);
  await mkdir(archiveFolder(), { recursive: true });
  await runChecked("tar", ["-cf", incomplete, "-C", folder, "."]);
  await rename(incomplete, join(archiveFolder(), file));
  const archive = { ...found, file, ids: await idsOf(folder) };
  await describeArchive(archive);
  return archive;
}

async function idsOf(folder: string): Promise<readonly string[]> {
  const read = (path: string) => readFile(join(folder, path));
  const [{ Config }] = JSON.parse((await read("manifest.json")).toString());
  const configuration = createHash("sha256")
    .update(await read(Config))
    .digest("hex");
  // What older engines saved has no index.
  const index = await read("index.json")
    .then((text) => JSON.parse(text.toString()))
    .catch(() => undefined);
  return [
    `sha256:${configuration}`,
    ...(index?.manifests ?? []).map(({ digest }: { digest: string }) => digest),
  ];
}
