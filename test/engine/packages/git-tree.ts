import { createHash } from "node:crypto";

export type FileEntry =
  | string
  | Uint8Array
  | { readonly executable: string | Uint8Array }
  | { readonly symlink: string };

/** Files by path, with `/` between folders; what a package, a registry or an artifact consists of. */
export type FileMap = Readonly<Record<string, FileEntry>>;

/** Git's object modes (git-fast-import(1)): a tree has no others that matter here. */
const MODES = { tree: "40000", file: "100644", executable: "100755", symlink: "120000" } as const;

/** The kind and the bytes of an entry; a symbolic link's bytes are its target. */
export function entryContent(entry: FileEntry): {
  readonly kind: "file" | "executable" | "symlink";
  readonly bytes: Uint8Array;
} {
  if (typeof entry === "string" || entry instanceof Uint8Array)
    return { kind: "file", bytes: Buffer.from(entry) };
  if ("symlink" in entry) return { kind: "symlink", bytes: Buffer.from(entry.symlink) };
  return { kind: "executable", bytes: Buffer.from(entry.executable) };
}

/** Git's SHA-1 of the tree with these files, in hexadecimal: what Pkg calls `git-tree-sha1`. */
export function gitTreeHash(files: FileMap): string {
  return treeDigest(nest(files)).toString("hex");
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: Map<string, FileEntry>;
}

function nest(files: FileMap): Folder {
  const root: Folder = { folders: new Map(), files: new Map() };
  for (const [path, entry] of Object.entries(files)) {
    const parts = path.split("/");
    const name = parts.pop() as string;
    let folder = root;
    for (const part of parts) {
      const next = folder.folders.get(part) ?? { folders: new Map(), files: new Map() };
      folder.folders.set(part, next);
      folder = next;
    }
    folder.files.set(name, entry);
  }
  return root;
}

function treeDigest(folder: Folder): Buffer {
  const entries = [
    // Git compares a folder's name as if it ended in "/" (base_name_compare in git's tree.c).
    ...[...folder.folders].map(([name, sub]) => ({
      order: `${name}/`,
      name,
      mode: MODES.tree,
      digest: treeDigest(sub),
    })),
    ...[...folder.files].map(([name, entry]) => {
      const { kind, bytes } = entryContent(entry);
      return { order: name, name, mode: MODES[kind], digest: objectDigest("blob", bytes) };
    }),
  ];
  entries.sort((a, b) => Buffer.compare(Buffer.from(a.order), Buffer.from(b.order)));
  return objectDigest(
    "tree",
    Buffer.concat(entries.flatMap(({ mode, name, digest }) => [Buffer.from(`${mode} ${name}\0`), digest])),
  );
}

function objectDigest(type: "blob" | "tree", content: Uint8Array): Buffer {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest();
}
