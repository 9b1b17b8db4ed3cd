import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ContextAccess } from "../engine/context-access.ts";
import type { FolderEntry } from "../engine/follow-links.ts";

/** What of the file system a command looks at. */
export interface ContextFiles extends ContextAccess {
  readonly readText: (path: string) => string | undefined;
}

/** The folder of the machine that stands for the build context. */
export function contextFolder(root: string): ContextFiles {
  const readText = (path: string) => {
    try {
      return readFileSync(join(root, path), "utf8");
    } catch {
      return undefined;
    }
  };
  const open = async () => ({
    list: async (folder: string) => entriesOf(join(root, folder)),
    read: async (path: string) => readFileSync(join(root, path)),
  });
  return { open, readText };
}

function entriesOf(folder: string): ReadonlyMap<string, FolderEntry> | undefined {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return new Map(entries.map((entry) => [entry.name, entryOf(join(folder, entry.name), entry)]));
  } catch {
    return undefined;
  }
}

function entryOf(
  path: string,
  entry: { readonly isDirectory: () => boolean; readonly isSymbolicLink: () => boolean },
): FolderEntry {
  if (entry.isSymbolicLink()) {
    return { kind: "symlink", linkTarget: readlinkSync(path), size: 0 };
  }
  return entry.isDirectory() ? { kind: "directory", size: 0 } : { kind: "file", size: statSync(path).size };
}
