import { posix } from "node:path";
import { own } from "../text/toml/parse-table.ts";
import { cleanPath } from "./clean-path.ts";
import type { ManifestPackage } from "./project.ts";

/**
 * The file that Julia loads for a package in a folder (`entry_path` in base/loading.jl). Since Julia 1.12 a manifest may name
 * another one.
 */
export function entryFile(folder: string, name: string, named?: string): string {
  return cleanPath(posix.join(folder, named ?? `src/${name}.jl`));
}

/** Where a path dependency is in the build context, from the folder of its manifest. */
export function dependencyFolder(manifestFolder: string, path: string): string {
  return cleanPath(posix.join(manifestFolder, path));
}

/** The files one of which Julia loads for a path dependency: the path may itself be that of a file. */
export function dependencyEntries(manifestFolder: string, entry: ManifestPackage): readonly string[] {
  const folder = dependencyFolder(manifestFolder, entry.path ?? "");
  const named = own(entry.table, "entryfile");
  const file = entryFile(folder, entry.name, typeof named === "string" ? named : undefined);
  return folder.endsWith(".jl") ? [folder, file] : [file];
}
