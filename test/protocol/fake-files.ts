import type { MessageInitShape } from "@bufbuild/protobuf";
import type { StatSchema } from "../../src/buildkit/gen/stat_pb.ts";

/** Content by path, as `src/main.jl`, or where a link leads. Folders are those that the paths name. */
export type FileTree = Readonly<Record<string, string | Uint8Array | Link>>;

interface Link {
  readonly link: string;
}

type StatInit = MessageInitShape<typeof StatSchema>;

/** What BuildKit answers where a file is absent. */
export class AbsentFile extends Error {
  constructor(path: string) {
    super(`open ${path}: no such file or directory`);
  }
}

export function readFrom(tree: FileTree, path: string): Buffer {
  const content = tree[relative(path)];
  if (content === undefined || isLink(content)) throw new AbsentFile(path);
  return Buffer.from(content);
}

export function statOf(tree: FileTree, path: string): StatInit {
  const name = relative(path);
  const content = tree[name];
  if (content !== undefined && isLink(content)) {
    return { path: name, mode: 0x08000000 + 0o777, linkname: content.link };
  }
  if (content !== undefined) return { path: name, mode: 0o644, size: BigInt(Buffer.from(content).length) };
  const isFolder = name === "" || Object.keys(tree).some((other) => other.startsWith(`${name}/`));
  if (!isFolder) throw new AbsentFile(path);
  return { path: name, mode: 0x80000000 + 0o755 };
}

export function listFolder(tree: FileTree, path: string): readonly StatInit[] {
  const folder = relative(path);
  statOf(tree, path);
  const prefix = folder === "" ? "" : `${folder}/`;
  const inside = Object.keys(tree).filter((name) => name.startsWith(prefix));
  const names = new Set(inside.map((name) => name.slice(prefix.length).split("/")[0] ?? ""));
  return [...names].sort().map((name) => ({ ...statOf(tree, `${prefix}${name}`), path: name }));
}

function isLink(content: FileTree[string]): content is Link {
  return typeof content === "object" && "link" in content;
}

function relative(path: string): string {
  return path.replace(/^\.?(?:\/+|$)/, "").replace(/\/+$/, "");
}
