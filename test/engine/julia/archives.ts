import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../engine-client.ts";
import { statePath } from "../state.ts";

/** An image in a file of the state folder, in a format that `docker load` reads. Beside it lies this description, as JSON. */
export interface JuliaArchive {
  readonly image: string;
  readonly version: string;
  /** Go's name of the architecture. */
  readonly architecture: string;
  /** Name of the file. */
  readonly file: string;
  /**
   * The digests by which engines know the image: the classic store that of its configuration, containerd's of its manifest.
   * Archives that were added before there was such a list have none, and their name is enough.
   */
  readonly ids?: readonly string[];
}

/** Where the archives lie. They survive between runs. */
export function archiveFolder(): string {
  return statePath("julia");
}

/** The archives for this machine's processor. */
export async function juliaArchives(): Promise<readonly JuliaArchive[]> {
  const names = await readdir(archiveFolder()).catch(() => []);
  const descriptions = names.filter((name) => name.endsWith(".json")).sort();
  const archives = await Promise.all(
    descriptions.map(
      async (name) => JSON.parse(await readFile(join(archiveFolder(), name), "utf8")) as JuliaArchive,
    ),
  );
  return archives.filter(({ architecture }) => architecture === hostArchitecture());
}

export async function describeArchive(archive: JuliaArchive): Promise<void> {
  await mkdir(archiveFolder(), { recursive: true });
  const path = join(archiveFolder(), archive.file.replace(/\.tar$/, ".json"));
  await writeFile(path, `${JSON.stringify(archive, undefined, 2)}\n`);
}

/** Whether an engine holds the image that is in the archive now, and not one of the same name that was there before. */
export async function isLoaded(engine: Engine, { image, ids }: JuliaArchive): Promise<boolean> {
  const inspect = ["image", "inspect", "--format", "{{.Id}}", image];
  const { code, stdout } = await engine.docker(inspect, { check: false });
  return code === 0 && (ids === undefined || ids.includes(stdout.trim()));
}

export async function loadArchive(engine: Engine, { file }: JuliaArchive): Promise<void> {
  await engine.docker(["load", "--quiet", "--input", join(archiveFolder(), file)]);
}

/** Go's name of this machine's architecture. */
export function hostArchitecture(): string {
  return { x64: "amd64", ia32: "386" }[process.arch as string] ?? process.arch;
}
