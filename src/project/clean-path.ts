import { posix } from "node:path";

/** A path without `.`, `..` in the middle, doubled slashes and a slash at the end. */
export function cleanPath(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
}

/** Whether a path, which is clean, leads out of the folder that it counts from. */
export function isAbove(path: string): boolean {
  return path === ".." || path.startsWith("../");
}
