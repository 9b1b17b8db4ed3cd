import { posix } from "node:path";

/** Shortest form of an absolute path; a relative one counts from the root. */
export function absolutePath(path: string): string {
  return posix.resolve("/", path);
}

/** As absolutePath, but keeps the trailing `/` or `/.` that makes a copy's destination a directory. */
export function absoluteDestination(path: string): string {
  const clean = absolutePath(path);
  if (path.endsWith("/") && !clean.endsWith("/")) return `${clean}/`;
  if (path.endsWith("/.")) return clean === "/" ? "/." : `${clean}/.`;
  return clean;
}
