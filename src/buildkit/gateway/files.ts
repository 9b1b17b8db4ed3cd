import { LLBBridge } from "../gen/gateway_pb.ts";
import type { Stat } from "../gen/stat_pb.ts";
import type { Bridge } from "./bridge.ts";
import { isDetail } from "./error-details.ts";
import type { Reference } from "./solve.ts";
import { StatusCode, StatusError } from "./status.ts";

export interface DirectoryEntry {
  readonly path: string;
  readonly kind: "file" | "directory" | "symlink" | "other";
  /** Permission bits. */
  readonly mode: number;
  /** Bytes. */
  readonly size: number;
  /** Target of a symlink. */
  readonly linkTarget: string | undefined;
}

/** Of a file too large for one message. Half of the limit leaves room for everything else. */
const chunkLength = 8 << 20;

export async function readWholeFile(
  bridge: Bridge,
  { id }: Reference,
  path: string,
): Promise<Uint8Array | undefined> {
  return undefinedIfAbsent(async () => {
    try {
      return (await bridge.call(LLBBridge.method.readFile, { Ref: id, FilePath: path })).Data;
    } catch (error) {
      if (error instanceof StatusError && error.status.code === StatusCode.resourceExhausted) {
        return readInChunks(bridge, id, path);
      }
      throw error;
    }
  });
}

export async function readDirectory(
  bridge: Bridge,
  { id }: Reference,
  path: string,
  includePattern = "",
): Promise<readonly DirectoryEntry[] | undefined> {
  requireCapability(bridge, "readdir");
  return undefinedIfAbsent(async () => {
    const request = { Ref: id, DirPath: path, IncludePattern: includePattern };
    return (await bridge.call(LLBBridge.method.readDir, request)).entries.map(entryOf);
  });
}

/** The first bytes of a file, at most `length`; undefined if there is none. */
export async function readFileStart(
  bridge: Bridge,
  { id }: Reference,
  path: string,
  length: number,
): Promise<Uint8Array | undefined> {
  const Range = { Offset: 0n, Length: BigInt(length) };
  return undefinedIfAbsent(
    async () => (await bridge.call(LLBBridge.method.readFile, { Ref: id, FilePath: path, Range })).Data,
  );
}

async function readInChunks({ call }: Bridge, id: string, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (;;) {
    const Range = { Offset: BigInt(offset), Length: BigInt(chunkLength) };
    const { Data } = await call(LLBBridge.method.readFile, { Ref: id, FilePath: path, Range });
    chunks.push(Data);
    offset += Data.length;
    if (Data.length < chunkLength) return Buffer.concat(chunks);
  }
}

async function undefinedIfAbsent<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StatusError && saysAbsent(error)) return undefined;
    throw error;
  }
}

/**
 * BuildKit tells an absent file by words alone. A step that failed may end in the same words, but then the
 * error names its vertex.
 */
function saysAbsent({ status }: StatusError): boolean {
  // An absent file comes with an empty Solve detail (seen on BuildKit 0.25), so that one does not tell.
  const ofStep = status.details.some((detail) => isDetail(detail, "Vertex"));
  return !ofStep && /: (?:no such file or directory|not a directory)$/.test(status.message);
}

function requireCapability({ gateway }: Bridge, id: string): void {
  const message = gateway.problem(id);
  if (message !== undefined) throw new StatusError({ code: StatusCode.unimplemented, message, details: [] });
}

// Type bits of Go's os.FileMode, which are not those of Unix.
const goDirectory = 1 << 31;
const goSymlink = 1 << 27;
const goOther = (1 << 26) | (1 << 25) | (1 << 24) | (1 << 21) | (1 << 19);

function entryOf(stat: Stat): DirectoryEntry {
  return {
    path: stat.path,
    kind: kindOf(stat.mode),
    mode: stat.mode & 0o777,
    size: Number(stat.size),
    linkTarget: stat.linkname === "" ? undefined : stat.linkname,
  };
}

function kindOf(mode: number): DirectoryEntry["kind"] {
  if (mode & goDirectory) return "directory";
  if (mode & goSymlink) return "symlink";
  return mode & goOther ? "other" : "file";
}
