import type { Reading } from "../diagnostics/reading.ts";
import type { SourceFile } from "../diagnostics/source-file.ts";
import type { GatewayClient } from "../gateway/index.ts";
import { marshal, type Platform } from "../llb/index.ts";
import { foldersUpwards } from "../project/find-files.ts";
import type { LoadedProject } from "../project/loaded-project.ts";
import type { Given } from "../project/rules/rule.ts";
import type { JuliaVersion } from "../spec/julia-version.ts";
import type { Spec } from "../spec/spec.ts";
import type { ContextOptions } from "./contexts.ts";
import { findDependencyContext } from "./dependency-contexts.ts";
import { type ListedFolder, listFolder, readListed } from "./listed-folder.ts";
import type { LoadedSpec, LoadOptions } from "./load-spec.ts";
import { projectFilesSource } from "./local-sources.ts";
import { readProjectTexts } from "./read-project-texts.ts";

export interface ProjectTextsOptions extends LoadOptions {
  /** What was loaded with the spec. */
  readonly loaded: Pick<LoadedSpec, "contextFiles">;
}

export interface ProjectOptions extends ProjectTextsOptions, Pick<ContextOptions, "contexts"> {
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
  options: ProjectOptions,
): Promise<Reading<LoadedProject>> {
  return readProjectTexts(spec, await loadProjectTexts(spec, options), julia, hasContext(options));
}

/** Whether `--build-context` has the sources of a path dependency. */
export function hasContext({
  contexts,
  wanted,
}: Pick<ProjectOptions, "contexts" | "wanted">): Given["hasContext"] {
  return (dependency) => findDependencyContext(dependency, contexts, wanted) !== undefined;
}

/**
 * Reads a project for one Julia, and again only for another. The base image says which Julia it has, and a registry takes its
 * time for it: most often it is the one of the spec, for which the project is read meanwhile.
 */
export function projectReader(
  spec: Spec,
  options: ProjectTextsOptions,
  given: Given["hasContext"],
): (julia: JuliaVersion | undefined) => Promise<Reading<LoadedProject>> {
  const texts = loadProjectTexts(spec, options);
  const readings = new Map<string, Reading<LoadedProject>>();
  return async (julia) => {
    const key = JSON.stringify(julia ?? null);
    const reading = readings.get(key) ?? readProjectTexts(spec, await texts, julia, given);
    readings.set(key, reading);
    return reading;
  };
}

/** The texts of all files that may count for the spec's project, by their path in the context. */
async function loadProjectTexts(
  { project }: Spec,
  { client, place, platform, loaded }: ProjectTextsOptions,
): Promise<ReadonlyMap<string, SourceFile>> {
  if (project === ".") {
    return readTexts(client, [await loaded.contextFiles]);
  }
  const folders = foldersUpwards(project);
  const reference = await client.solve({
    definition: marshal(projectFilesSource(place, folders), { platform }),
  });
  return readTexts(client, await Promise.all(folders.map((folder) => listFolder(client, reference, folder))));
}

async function readTexts(
  client: GatewayClient,
  folders: readonly ListedFolder[],
): Promise<ReadonlyMap<string, SourceFile>> {
  const files = await Promise.all(
    folders.flatMap((folder) =>
      folder.names.filter((name) => name.endsWith(".toml")).map((name) => readListed(client, folder, name)),
    ),
  );
  return new Map(files.flatMap((file) => (file === undefined ? [] : [[file.name, file]])));
}
