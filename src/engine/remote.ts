import { type GatewayClient, StatusError, statusOf } from "../buildkit/gateway/index.ts";
import {
  file,
  git,
  http,
  isGitRemote,
  marshal,
  type Output,
  type Platform,
  scratch,
} from "../buildkit/llb/index.ts";
import { UserError } from "../text/user-error.ts";
import { readGitQuery } from "./git-query.ts";

export interface RemoteOptions {
  readonly client: GatewayClient;
  readonly platform: Platform;
  readonly keepGitDirectory: boolean;
}

export interface RemoteFiles {
  readonly state: Output;
  /** The name of the one file that was at the address, if that is no archive. */
  readonly filename?: string;
}

/** The name that a download has, so that BuildKit's own frontend and this one share it (frontend/dockerui, context.go). */
const downloadName = "context";

/** One block of a tar: the first bytes of a file, which tell what it is. */
const headLength = 1024;

/** Files at a URL: a git repository, or an archive or file that is downloaded. */
export async function remoteFiles(url: string, options: RemoteOptions): Promise<RemoteFiles> {
  const { client, platform, keepGitDirectory } = options;
  if (isGitUrl(url)) {
    if (!isGitRemote(url)) {
      throw new UserError(`not a git URL: ${JSON.stringify(url)}`);
    }
    const query = readGitQuery(url);
    const name = `[internal] load git source ${withoutPassword(url)}`;
    const keep = keepGitDirectory || query.keepGitDirectory;
    return { state: git(url, { ...query, keepGitDirectory: keep, name }) };
  }
  const download = http(url, { filename: downloadName, name: "[internal] load remote build context" });
  const reference = await client.solve({ definition: marshal(download, { platform }) });
  const head = await client.readFileStart(reference, downloadName, headLength).catch(explainSecondRead);
  if (head === undefined || !isArchive(head)) {
    return { state: download, filename: downloadName };
  }
  const unpack = { type: "copy", from: download, src: `/${downloadName}`, dest: "/", unpack: true } as const;
  return { state: file(scratch, [unpack], { name: "[internal] unpack the build context" }) };
}

/**
 * What the client sends from stdin can be read once. Before 0.18, BuildKit's own frontend and this one name that source by
 * different bytes, so that it is read again.
 */
function explainSecondRead(error: unknown): never {
  const status = statusOf(error);
  if (!status.message.includes("no http response from session")) {
    throw error;
  }
  const message =
    "this BuildKit cannot hand on a build context from stdin: that needs Docker 28.0, or BuildKit 0.18; give a folder instead";
  throw new StatusError({ ...status, message });
}

/** Whether BuildKit takes an address for a repository: over HTTP it has to end in `.git` (util/gitutil, git_ref.go). */
export function isGitUrl(url: string): boolean {
  if (/^https?:\/\//i.test(url)) {
    return /^[^?#]*\.git(?:[?#]|$)/.test(url);
  }
  return /^(git|ssh):\/\//i.test(url) || /^[\w-]+@[\w.-]+:/.test(url) || /^(www\.)?github\.com\//.test(url);
}

/** Whether a file begins as a tar archive, plain or packed with gzip, bzip2 or xz. */
export function isArchive(head: Uint8Array): boolean {
  const begins = (...magic: readonly number[]) => magic.every((byte, index) => head[index] === byte);
  const isTar = Buffer.from(head.subarray(257, 262)).toString("latin1") === "ustar";
  return (
    begins(0x1f, 0x8b, 0x08) ||
    begins(0x42, 0x5a, 0x68) ||
    begins(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00) ||
    isTar
  );
}

/** A URL for people. What stands before the host may be a token. */
export function withoutPassword(url: string): string {
  return url.replace(/(?<=^[a-z]+:\/\/)[^/@]*@/i, "");
}
