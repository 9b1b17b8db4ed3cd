import type { Spec } from "../buildfile/spec.ts";
import type { Platform } from "../buildkit/llb/index.ts";
import type { JuliaVersion } from "../julia/julia-version.ts";
import type { LoadedProject } from "../project/loaded-project.ts";
import { type ReadOptions, readProjectTexts } from "../project/read-project-texts.ts";
import type { Target } from "../request/targets.ts";
import type { Reading } from "../text/reading.ts";
import { findDependencyContext } from "./dependency-contexts.ts";
import type { LoadedSpec, LoadOptions } from "./load-spec.ts";
import type { ContextOptions } from "./main-contexts.ts";
import { contextOfBuild } from "./open-reference.ts";
import { lookAtProject } from "./project-looks.ts";

export interface ProjectTextsOptions extends LoadOptions {
  /** What was loaded with the spec. */
  readonly loaded: Pick<LoadedSpec, "contextFiles" | "ignorePatterns">;
  readonly target: Pick<Target, "runsTests">;
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
export function loadProject(
  spec: Spec,
  julia: JuliaVersion | undefined,
  options: ProjectOptions,
): Promise<Reading<LoadedProject>> {
  return projectReader(spec, options, hasContext(options))(julia);
}

/** Whether `--build-context` has the sources of a path dependency. */
export function hasContext({
  contexts,
  wanted,
}: Pick<ProjectOptions, "contexts" | "wanted">): ReadOptions["hasContext"] {
  return (dependency) => findDependencyContext(dependency, contexts, wanted) !== undefined;
}

/**
 * Reads a project for one Julia, and again only for another. The base image says which Julia it has, and a registry takes its
 * time for it: most often it is the one of the spec, for which the project is read meanwhile.
 */
export function projectReader(
  spec: Spec,
  { client, place, platform, loaded, target: { runsTests } }: ProjectTextsOptions,
  given: ReadOptions["hasContext"],
): (julia: JuliaVersion | undefined) => Promise<Reading<LoadedProject>> {
  const access = contextOfBuild({ client, place, platform, root: loaded.contextFiles });
  const look = lookAtProject(spec, access, runsTests);
  const readings = new Map<string, Promise<Reading<LoadedProject>>>();
  const read = async (julia: JuliaVersion | undefined) => {
    const [found, ignorePatterns] = await Promise.all([look(julia), loaded.ignorePatterns]);
    return readProjectTexts(spec, found, { julia, ignorePatterns, hasContext: given, runsTests });
  };
  return (julia) => {
    const key = JSON.stringify(julia ?? null);
    const reading = readings.get(key) ?? read(julia);
    readings.set(key, reading);
    return reading;
  };
}
