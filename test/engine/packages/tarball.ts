import { gzipSync } from "node:zlib";
import { entryContent, type FileMap } from "./git-tree.ts";

const BLOCK = 512;
/** All files get the time 1 s, so that the same files give the same bytes. */
const MODIFIED = 1;

/** The files as a gzip-compressed tar in POSIX.1-1988 (ustar) format; a function of its input alone. */
export function tarball(files: FileMap): Buffer {
  const blocks: Buffer[] = [];
  for (const folder of foldersOf(files))
    blocks.push(header(`${folder}/`, { type: "5", mode: 0o755, size: 0 }));
  for (const path of Object.keys(files).sort()) {
    const { kind, bytes } = entryContent(files[path] as FileMap[string]);
    if (kind === "symlink") {
      const target = Buffer.from(bytes).toString();
      blocks.push(header(path, { type: "2", mode: 0o777, size: 0, target }));
    } else {
      const mode = kind === "executable" ? 0o755 : 0o644;
      blocks.push(header(path, { type: "0", mode, size: bytes.length }), padded(bytes));
    }
  }
  blocks.push(Buffer.alloc(2 * BLOCK));
  return gzipSync(Buffer.concat(blocks), { level: 6 });
}

function foldersOf(files: FileMap): readonly string[] {
  const folders = new Set<string>();
  for (const path of Object.keys(files)) {
    const parts = path.split("/").slice(0, -1);
    for (let depth = 1; depth <= parts.length; depth++) folders.add(parts.slice(0, depth).join("/"));
  }
  return [...folders].sort();
}

interface HeaderFields {
  readonly type: "0" | "2" | "5";
  readonly mode: number;
  readonly size: number;
  readonly target?: string;
}

/** One header block; the numbers are the fields' offsets in the format of tar(5). */
function header(path: string, fields: HeaderFields): Buffer {
  if (Buffer.byteLength(path) > 100) throw new Error(`path longer than a tar header holds: ${path}`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, offset: number, length: number): void => {
    block.write(value.toString(8).padStart(length - 1, "0"), offset);
  };
  block.write(path, 0);
  octal(fields.mode, 100, 8);
  octal(0, 108, 8); // uid
  octal(0, 116, 8); // gid
  octal(fields.size, 124, 12);
  octal(MODIFIED, 136, 12);
  block.write(" ".repeat(8), 148); // the checksum counts its own field as spaces
  block.write(fields.type, 156);
  block.write(fields.target ?? "", 157);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}
