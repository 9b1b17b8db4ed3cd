import { posix } from "node:path";

/** Shortest form of an absolute path; a relative one counts from the root. */
export function fromRoot(path: string): string {
  return posix.resolve("/", path);
}

/** As fromRoot, but keeps the trailing `/` or `/.` that makes a copy's destination a directory. */
export function destinationFromRoot(path: string): string {
  const clean = fromRoot(path);
  if (path.endsWith("/") && !clean.endsWith("/")) return `${clean}/`;
  if (path.endsWith("/.")) return clean === "/" ? "/." : `${clean}/.`;
  return clean;
}
