import { posix } from "node:path";
import { cleanPath } from "./clean-path.ts";
import type { PathDependency } from "./dependency-environment.ts";

/** Where the folders that a project needs are in the build context. Paths are relative to it; `.` is the context. */
export interface ProjectPlace {
  /** The folder of Project.toml. */
  readonly folder: string;
  /** The folder of the manifest, from which paths in it count: the project's own, or that of its workspace. */
  readonly manifestFolder: string;
  /** Every file that says what the project depends on. */
  readonly files: readonly string[];
  /** Files that some of these link to, and links on the way there. */
  readonly linked: readonly string[];
  /** Folders of path dependencies that are reached through links, by path, with where they really are. */
  readonly linkedFolders: ReadonlyMap<string, string>;
}

export interface Copy {
  /** The path in the build context, or in the other one. */
  readonly from: string;
  /** The absolute path in the image. */
  readonly to: string;
  /** Name of the context that has the folder, if it is another than the build context. */
  readonly context?: string;
}

/** Where everything of a project is put in the image: at the same places relative to each other as in the context. */
export interface Layout {
  /** The project's folder in the image. */
  readonly project: string;
  /** The folder of its manifest. */
  readonly manifestFolder: string;
  /** Folders with sources, each before those inside it. */
  readonly folders: readonly Copy[];
  /** Files that say what the project depends on. */
  readonly files: readonly Copy[];
  /** Folders of the build context in whose place something else is put. */
  readonly replaced: readonly string[];
}

/**
 * Lays a project out below `path`. A project that stands alone is put at `path` itself; one with path dependencies beside
 * it, or in a workspace, below it, since relative paths must stay true.
 *
 * @param contexts names of the contexts that take the place of path dependencies, by UUID. Such a dependency may be outside
 *   the build context; the rule path-outside-context sees to it that no other is.
 */
export function layOut(
  place: ProjectPlace,
  dependencies: readonly PathDependency[],
  path: string,
  contexts: ReadonlyMap<string, string> = new Map(),
): Layout {
  const own = [place.folder];
  const links: Copied[] = [];
  const others: { readonly location: string; readonly context: string }[] = [];
  for (const { uuid, path: written } of dependencies) {
    const location = cleanPath(posix.join(place.manifestFolder, written));
    const context = contexts.get(uuid);
    const real = place.linkedFolders.get(location);
    if (context !== undefined) others.push({ location, context });
    else if (real === undefined) own.push(location);
    else if (isInside(location, place.folder)) own.push(real);
    else links.push({ location, real });
  }
  const locations = [
    ...own,
    ...[...links, ...others].map(({ location }) => location),
    place.manifestFolder,
    ...place.linked.map((file) => posix.dirname(file)),
  ];
  const prefix = contextPrefix(locations);
  const root = commonFolder(locations.map((location) => cleanPath(posix.join(prefix, location))));
  const inImage = (location: string): string =>
    cleanPath(posix.join(path, posix.relative(root, posix.join(prefix, location))));
  const toCopy = (from: string): Copy => ({ from, to: inImage(from) });
  const folders = [
    ...outermost(own).map(toCopy),
    ...links.map(({ location, real }) => ({ from: real, to: inImage(location) })),
    ...others.map(({ location, context }) => ({ from: ".", to: inImage(location), context })),
  ];
  return {
    project: inImage(place.folder),
    manifestFolder: inImage(place.manifestFolder),
    folders: folders.toSorted((left, right) => (left.to < right.to ? -1 : 1)),
    files: [...place.files, ...place.linked].map(toCopy),
    replaced: others
      .map(({ location }) => location)
      .filter((location) => own.some((folder) => contains(folder, location))),
  };
}

/** A folder that is put where the link to it is; where the link itself is copied, the folder stays where it is. */
interface Copied {
  readonly location: string;
  readonly real: string;
}

function isInside(location: string, folder: string): boolean {
  return location === folder || contains(folder, location);
}

/**
 * Where the build context is, seen from the outermost folder that a path leads to: `.` if no path leads out of the context.
 * What its folders are called there is not known, so they get a name that no path has.
 */
function contextPrefix(locations: readonly string[]): string {
  const parts = locations.map((location) => location.split("/"));
  const depth = Math.max(...parts.map((names) => names.filter((name) => name === "..").length));
  let name = "project";
  while (parts.flat().includes(name)) {
    name = `${name}-`;
  }
  return depth === 0 ? "." : new Array(depth).fill(name).join("/");
}

/** The folders without those inside another one. */
function outermost(folders: readonly string[]): readonly string[] {
  const sorted = [...new Set(folders)].sort();
  return sorted.filter((folder) => !sorted.some((other) => other !== folder && contains(other, folder)));
}

function contains(folder: string, other: string): boolean {
  return folder === "." ? !other.startsWith("..") : other.startsWith(`${folder}/`);
}

function commonFolder(folders: readonly string[]): string {
  const [first = ".", ...others] = folders;
  let common = first;
  while (common !== "." && !others.every((other) => other === common || contains(common, other))) {
    common = posix.dirname(common);
  }
  return common;
}
