import { posix } from "node:path";
import type { PathDependency } from "./dependency-environment.ts";

/** Where the folders that a project needs are in the build context. Paths are relative to it; `.` is the context. */
export interface ProjectPlace {
  /** The folder of Project.toml. */
  readonly folder: string;
  /** The folder of the manifest, from which paths in it count: the project's own, or that of its workspace. */
  readonly manifestFolder: string;
  /** Every file that says what the project depends on. */
  readonly files: readonly string[];
}

export interface Copy {
  /** In the build context. */
  readonly from: string;
  /** In the image, absolute. */
  readonly to: string;
}

/** Where everything of a project is put in the image: at the same places relative to each other as in the context. */
export interface Layout {
  /** The project's folder in the image. */
  readonly project: string;
  /** Folders with sources. None of them is inside another. */
  readonly folders: readonly Copy[];
  /** Files that say what the project depends on. */
  readonly files: readonly Copy[];
}

/**
 * Lays a project out below `path`. A project that stands alone is put at `path` itself; one with path dependencies beside
 * it, or in a workspace, below it, since relative paths must stay true.
 */
export function layOut(place: ProjectPlace, dependencies: readonly PathDependency[], path: string): Layout {
  // The rule path-outside-context sees to it that none of them is elsewhere.
  const sources = [
    place.folder,
    ...dependencies.map((dependency) => clean(posix.join(place.manifestFolder, dependency.path))),
  ];
  const root = commonFolder([...sources, place.manifestFolder]);
  const inImage = (location: string): string => clean(posix.join(path, posix.relative(root, location)));
  const toCopy = (from: string): Copy => ({ from, to: inImage(from) });
  return {
    project: inImage(place.folder),
    folders: outermost(sources).map(toCopy),
    files: place.files.map(toCopy),
  };
}

/** The folders without those inside another one. */
function outermost(folders: readonly string[]): readonly string[] {
  const sorted = [...new Set(folders)].sort();
  return sorted.filter((folder) => !sorted.some((other) => other !== folder && contains(other, folder)));
}

function contains(folder: string, other: string): boolean {
  return folder === "." || other.startsWith(`${folder}/`);
}

function commonFolder(folders: readonly string[]): string {
  const [first = ".", ...others] = folders;
  let common = first;
  while (common !== "." && !others.every((other) => other === common || contains(common, other))) {
    common = posix.dirname(common);
  }
  return common;
}

function clean(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
}
