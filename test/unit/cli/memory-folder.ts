import type { FolderEntry } from "../../../src/engine/follow-links.ts";

export type Files = Readonly<Record<string, string>>;

/** A folder in memory, which refuses to write over a file. */
export function folderOf(files: Files) {
  const written: Record<string, string> = {};
  const list = async (folder: string) => {
    const start = folder === "." ? "" : `${folder}/`;
    const inside = Object.keys(files).filter((path) => path.startsWith(start));
    const entries = inside.map((path): readonly [string, FolderEntry] => {
      const [name = "", ...below] = path.slice(start.length).split("/");
      return [name, { kind: below.length === 0 ? "file" : "directory", size: 1 }];
    });
    return entries.length === 0 ? undefined : new Map(entries);
  };
  const open = async () => ({ list, read: async (path: string) => Buffer.from(files[path] ?? "") });
  const write = (name: string, text: string) => {
    if (files[name] !== undefined) throw new Error(`${name} is there`);
    written[name] = text;
  };
  return { access: { open }, write, written };
}
