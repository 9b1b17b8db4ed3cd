import { posix } from "node:path";
import type { Output } from "../llb/index.ts";
import { type Place, take, takeToRead } from "./place.ts";

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

/** Names under which Julia looks for a project's files; which of them counts is decided when they are read. */
const projectFilePatterns = [
  "Project.toml",
  "JuliaProject.toml",
  "*Manifest*.toml",
  "*LocalPreferences.toml",
];

/** What nearly every build reads of its context: the ignore file, and the files of a project that is not in a folder. */
export function contextFilesSource(place: Place): Output {
  return takeToRead(place, {
    name: "[internal] load .dockerignore, Project.toml and Manifest.toml",
    includes: projectFilePatterns,
    followPaths: [".dockerignore"],
    hint: `${hintOf(place)}-julia-root`,
  });
}

/** The files in these folders that say what a project depends on. */
export function projectFilesSource(place: Place, folders: readonly string[]): Output {
  return takeToRead(place, {
    name: "[internal] load Project.toml and Manifest.toml",
    includes: folders.flatMap((folder) => projectFilePatterns.map((pattern) => posix.join(folder, pattern))),
    hint: `${hintOf(place)}-julia-project`,
  });
}

export interface ContextSourceOptions {
  /** Paths that are taken; empty: everything. */
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

/** The build context, as far as the image needs it. */
export function contextSource(place: Place, { includes, excludes }: ContextSourceOptions): Output {
  return take(place, { name: "[internal] load build context", includes, excludes });
}

function hintOf(place: Place): string {
  return place.kind === "local" ? place.sharedKeyHint : "";
}
