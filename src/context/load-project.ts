import { posix } from "node:path";
import type { Reading } from "../diagnostics/reading.ts";
import type { SourceFile } from "../diagnostics/source-file.ts";
import type { GatewayClient, Reference } from "../gateway/index.ts";
import { marshal, type Platform } from "../llb/index.ts";
import { foldersUpwards } from "../project/find-files.ts";
import type { LoadedProject } from "../project/loaded-project.ts";
import type { JuliaVersion } from "../spec/julia-version.ts";
import type { Spec } from "../spec/spec.ts";
import type { ContextOptions } from "./contexts.ts";
import { findDependencyContext } from "./dependency-contexts.ts";
import type { LoadOptions } from "./load-spec.ts";
import { decode } from "./load-spec.ts";
import { projectFilesSource } from "./local-sources.ts";
import { readProjectTexts } from "./read-project-texts.ts";

export interface ProjectOptions extends LoadOptions, Pick<ContextOptions, "contexts"> {
  /** The platform that is built for. */
  readonly wanted: Platform;
}

/**
 * Finds and reads the files of the spec's project.
 *
 * @param julia the Julia of the base image, as precise as it is known
 */
export async function loadProject(
  spec: Spec,
  julia: JuliaVersion | undefined,
  { client, place, platform, contexts, wanted }: ProjectOptions,
): Promise<Reading<LoadedProject>> {
  const folders = foldersUpwards(spec.project);
  const definition = marshal(projectFilesSource(place, folders), { platform });
  const reference = await client.solve({ definition });
  const texts = await readFolders(client, reference, folders);
  return readProjectTexts(
    spec,
    texts,
    julia,
    (dependency) => findDependencyContext(dependency, contexts, wanted) !== undefined,
  );
}

/** The texts of all files that were loaded, by their path in the context. */
async function readFolders(
  client: GatewayClient,
  reference: Reference,
  folders: readonly string[],
): Promise<ReadonlyMap<string, SourceFile>> {
  const paths = await Promise.all(
    folders.map(async (folder) => {
      const entries = (await client.readDir(reference, folder)) ?? [];
      return entries.filter(({ kind }) => kind !== "directory").map(({ path }) => posix.join(folder, path));
    }),
  );
  const texts = await Promise.all(
    paths.flat().map(async (path) => {
      const bytes = await client.readFile(reference, path);
      return bytes === undefined ? [] : [[path, { name: path, text: decode(bytes) }] as const];
    }),
  );
  return new Map(texts.flat());
}
