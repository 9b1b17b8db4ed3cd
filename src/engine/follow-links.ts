import { posix } from "node:path";
import { isAbove } from "../project/clean-path.ts";

/** An entry of a folder, as far as it tells where a path leads. */
export interface FolderEntry {
  readonly kind: "file" | "directory" | "symlink" | "other";
  /** What a link points at, as it is written in it. */
  readonly linkTarget?: string | undefined;
  /** The size of a file in bytes. */
  readonly size: number;
}

/** The entries of a folder by name; undefined if there is no such folder. */
export type ListFolder = (folder: string) => Promise<ReadonlyMap<string, FolderEntry> | undefined>;

/** Where a path of the build context leads. */
export type Destination =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly size: number;
      /** The links that lead to it, in their order. */
      readonly links: readonly string[];
    }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "absent" }
  | { readonly kind: "outside"; readonly link: string; readonly target: string };

/** As Linux counts them (path_resolution(7)); a chain that is longer is taken for a circle. */
const mostLinks = 40;

/**
 * Follows a path through links as the client's system does. BuildKit would not say that one leads out of the context: it
 * takes the context's root for that of the file system (containerd/continuity, fs.RootPath).
 */
export async function followLinks(path: string, list: ListFolder): Promise<Destination> {
  let folder = ".";
  let rest = partsOf(path);
  const links: string[] = [];
  while (links.length <= mostLinks) {
    const [name, ...further] = rest;
    if (name === undefined) {
      return { kind: "folder", path: folder };
    }
    const here = posix.join(folder, name);
    const entry = (await list(folder))?.get(name);
    if (entry?.kind === "symlink") {
      const target = entry.linkTarget ?? "";
      const leadsTo = posix.join(folder, target);
      if (posix.isAbsolute(target) || isAbove(leadsTo)) {
        return { kind: "outside", link: here, target };
      }
      links.push(here);
      rest = [...partsOf(leadsTo), ...further];
      folder = ".";
    } else if (entry?.kind === "directory") {
      folder = here;
      rest = further;
    } else {
      return entry === undefined || further.length > 0
        ? { kind: "absent" }
        : { kind: "file", path: here, size: entry.size, links };
    }
  }
  return { kind: "absent" };
}

function partsOf(path: string): readonly string[] {
  return posix
    .normalize(path)
    .split("/")
    .filter((part) => part !== "." && part !== "");
}
