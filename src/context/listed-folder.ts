import { posix } from "node:path";
import type { SourceFile } from "../diagnostics/source-file.ts";
import type { GatewayClient, Reference } from "../gateway/index.ts";

/** A folder of something that BuildKit has. To ask it for a file that is not there takes longer than to know what is. */
export interface ListedFolder {
  readonly reference: Reference;
  readonly path: string;
  /** What is in it, but for folders. */
  readonly names: readonly string[];
}

/** A folder that is not there is empty. */
export async function listFolder(
  client: GatewayClient,
  reference: Reference,
  path: string,
): Promise<ListedFolder> {
  const entries = (await client.readDir(reference, path)) ?? [];
  const names = entries.filter(({ kind }) => kind !== "directory").map((entry) => entry.path);
  return { reference, path, names };
}

/** A file of a folder, named by its path in what BuildKit has; undefined if there is none. */
export async function readListed(
  client: GatewayClient,
  { reference, path, names }: ListedFolder,
  name: string,
): Promise<SourceFile | undefined> {
  if (!names.includes(name)) {
    return undefined;
  }
  const file = posix.join(path, name);
  const bytes = await client.readFile(reference, file);
  return bytes === undefined ? undefined : { name: file, text: decode(bytes) };
}

export function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
