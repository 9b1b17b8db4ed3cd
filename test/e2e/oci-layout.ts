import { readFile } from "node:fs/promises";
import { join } from "node:path";

export interface Descriptor {
  readonly digest: string;
}

export interface OciImage {
  /** Of the manifest. */
  readonly digest: string;
  readonly manifest: {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly layers: readonly Descriptor[];
  };
  readonly config: {
    readonly created: string;
    readonly config: Readonly<Record<string, unknown>>;
    readonly history: readonly { readonly created: string; readonly created_by: string }[];
  };
  /** Path of a file by its digest. */
  readonly blob: (descriptor: Descriptor) => string;
}

/** The only image of an OCI layout in a folder (https://github.com/opencontainers/image-spec, image-layout.md). */
export async function readOciImage(folder: string): Promise<OciImage> {
  const blob = ({ digest }: Descriptor) => join(folder, "blobs", digest.replace(":", "/"));
  const read = async (path: string) => JSON.parse(await readFile(path, "utf8"));
  const index = await read(join(folder, "index.json"));
  const manifest = await read(blob(index.manifests[0]));
  return {
    digest: index.manifests[0].digest,
    manifest,
    config: await read(blob(manifest.config)),
    blob,
  };
}
