import type { Engine } from "../engine-client.ts";
import { loadImageLayout } from "../image-layout.ts";
import { isPresent } from "../presence.ts";
import { isLoaded, juliaArchives, loadArchive } from "./archives.ts";
import { inspectJulia, type JuliaImage, newestFirst } from "./julia-image.ts";
import { STAND_IN, standInLayout } from "./stand-in.ts";
import { wantedImages } from "./which.ts";

/** Has the engine hold the image of this name: an archive, what Debian's packages make, or one that is pulled. */
export async function provideJulia(engine: Engine, image: string): Promise<void> {
  const archive = (await juliaArchives()).find((each) => each.image === image);
  const isThere = archive === undefined ? isPresent(engine, image) : isLoaded(engine, archive);
  if (await isThere) return;
  if (archive !== undefined) await loadArchive(engine, archive);
  else if (image === STAND_IN && engine.owned) await loadImageLayout(engine, await standInLayout("amd64"));
  else await engine.docker(["pull", "--quiet", image]);
}

/** Has all engines of a run hold its Julia images, and returns these, the newest first. */
export async function provideJulias(
  engines: readonly [Engine, ...Engine[]],
  { newestAlone = false }: { readonly newestAlone?: boolean } = {},
): Promise<readonly JuliaImage[]> {
  const [first] = engines;
  const { required, optional } = wantedImages({
    named: process.env.JULIA_IMAGES,
    archives: await juliaArchives(),
    canPull: !first.owned,
    newestAlone,
  });
  const provided: JuliaImage[] = [];
  for (const image of [...required, ...optional]) {
    try {
      for (const engine of engines) await provideJulia(engine, image);
      provided.push(await inspectJulia(first, image));
    } catch (error) {
      if (required.includes(image)) throw error;
      console.warn(`\n${image} is not to be had: ${(error as Error).message.trim().split("\n").at(-1)}\n`);
    }
  }
  return provided.sort((left, right) => newestFirst(left.version, right.version));
}
