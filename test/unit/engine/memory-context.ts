import { posix } from "node:path";
import type { ContextAccess } from "../../../src/engine/context-access.ts";
import type { FolderEntry } from "../../../src/engine/follow-links.ts";

/** Texts and links by path. */
export type Tree = Readonly<Record<string, string | { readonly link: string }>>;

/** A build context in memory, and the paths that it was opened with. */
export function memoryContext(tree: Tree): ContextAccess & { readonly opened: (readonly string[])[] } {
  const opened: (readonly string[])[] = [];
  return {
    opened,
    open: async (paths) => {
      opened.push(paths);
      return {
        list: async (folder) => entriesIn(tree, folder),
        read: async (path) => {
          const content = tree[path];
          if (typeof content !== "string") throw new Error(`${path} is no file`);
          return Buffer.from(content);
        },
      };
    },
  };
}

function entriesIn(tree: Tree, folder: string): ReadonlyMap<string, FolderEntry> | undefined {
  const inside = Object.keys(tree)
    .map((path) => posix.relative(folder, path))
    .filter((path) => !path.startsWith(".."));
  const entries = inside.map((path): [string, FolderEntry] => {
    const [name = "", ...rest] = path.split("/");
    const content = tree[posix.join(folder, name)];
    if (rest.length > 0) return [name, { kind: "directory", size: 0 }];
    return typeof content === "object"
      ? [name, { kind: "symlink", linkTarget: content.link, size: 0 }]
      : [name, { kind: "file", size: content?.length ?? 0 }];
  });
  return entries.length === 0 ? undefined : new Map(entries);
}
