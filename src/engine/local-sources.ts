import { posix } from "node:path";
import type { Output } from "../buildkit/llb/index.ts";
import { type Place, takeToRead } from "../lower/place.ts";

/** The spec and the ignore file that belongs to it, from the folder of the spec. */
export function specSource(place: Place, filename: string): Output {
  return takeToRead(place, {
    name: `[internal] load spec from ${filename}`,
    followPaths: [filename, `${filename}.dockerignore`],
    hint: "dockerfile",
    small: true,
  });
}

/** The ignore file of a context without a project. */
export function ignoreFileSource(place: Place): Output {
  return takeToRead(place, {
    name: "[internal] load .dockerignore",
    followPaths: [".dockerignore"],
    hint: `${hintOf(place)}-.dockerignore`,
    small: true,
  });
}

/**
 * Names under which Julia looks for a project's files; which of them counts is decided when they are read. All are followed,
 * since each may be a link to another place in the context.
 */
const projectFilePatterns = [
  "Project.toml",
  "JuliaProject.toml",
  "*Manifest*.toml",
  "*LocalPreferences.toml",
];

/** What may count for a project in one of these folders. */
export function projectFilesIn(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => projectFilePatterns.map((pattern) => posix.join(folder, pattern)));
}

/**
 * What may count for a project in the root of the context. Whether its script is there, and whether its module is an app, is known
 * from its sources. All of them are asked for, as most projects have few: the name of the one is in the spec and that of the other
 * in the project file, and to ask once more for it makes every build longer.
 */
const rootFilePatterns = [...projectFilesIn(["."]), "*.jl", "src/*.jl"];

/** Whether a path, or all that match a pattern, is among what `contextFilesSource` loads. */
export function isContextFile(path: string): boolean {
  const { dir, ext } = posix.parse(path);
  return rootFilePatterns.some((pattern) => pattern === path || pattern === posix.join(dir, `*${ext}`));
}

/** What nearly every build reads of its context: the ignore file, and the files of a project that is not in a folder. */
export function contextFilesSource(place: Place): Output {
  return takeToRead(place, {
    name: "[internal] load .dockerignore and files of the project",
    followPaths: [".dockerignore", ...rootFilePatterns],
    hint: `${hintOf(place)}-julia-root`,
  });
}

/** Files that count for a project and are not among those of `contextFilesSource`. */
export function furtherFilesSource(place: Place, paths: readonly string[]): Output {
  return takeToRead(place, {
    name: "[internal] load further files of the project",
    followPaths: paths,
    hint: `${hintOf(place)}-julia-project`,
  });
}

function hintOf(place: Place): string {
  return place.kind === "local" ? place.sharedKeyHint : "";
}
