import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { cp, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Engine } from "./engine-client.ts";

export interface ImageConfiguration {
  readonly Env: readonly string[];
  readonly Cmd: readonly string[];
  readonly Entrypoint?: readonly string[];
}

export interface ImageDescription {
  /** Full name with registry and tag, for example `docker.io/library/julia:1.5.3`. */
  readonly name: string;
  /** Go's name of the architecture: `amd64`, `386`. */
  readonly architecture: string;
  /** ISO 8601; part of the image's identity, so it must not be the present time. */
  readonly created: string;
  readonly configuration: ImageConfiguration;
}

/**
 * Makes a folder with an image of one layer, readable both as an OCI image layout and by `docker load`.
 * The layer's tar file is moved into it. The same tar and description give the same digests.
 */
export async function writeImageLayout(
  folder: string,
  layerTar: string,
  image: ImageDescription,
): Promise<void> {
  const blobs = join(folder, "blobs", "sha256");
  await mkdir(blobs, { recursive: true });
  const hash = createHash("sha256");
  await pipeline(createReadStream(layerTar, { highWaterMark: 1 << 20 }), hash);
  const layerDigest = hash.digest("hex");
  await rename(layerTar, join(blobs, layerDigest));
  const layerSize = (await stat(join(blobs, layerDigest))).size;

  const writeBlob = async (value: unknown): Promise<{ readonly digest: string; readonly size: number }> => {
    const bytes = Buffer.from(JSON.stringify(value));
    const digest = createHash("sha256").update(bytes).digest("hex");
    await writeFile(join(blobs, digest), bytes);
    return { digest, size: bytes.length };
  };
  const config = await writeBlob({
    created: image.created,
    architecture: image.architecture,
    os: "linux",
    config: image.configuration,
    rootfs: { type: "layers", diff_ids: [`sha256:${layerDigest}`] },
    history: [{ created: image.created, created_by: `test engine: ${image.name}` }],
  });
  const manifest = await writeBlob({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: descriptor("application/vnd.oci.image.config.v1+json", config),
    layers: [descriptor("application/vnd.oci.image.layer.v1.tar", { digest: layerDigest, size: layerSize })],
  });
  await writeIndexes(folder, image, { config, manifest, layerDigest });
}

interface BlobReference {
  readonly digest: string;
  readonly size: number;
}

async function writeIndexes(
  folder: string,
  image: ImageDescription,
  blobs: { readonly config: BlobReference; readonly manifest: BlobReference; readonly layerDigest: string },
): Promise<void> {
  const tag = image.name.slice(image.name.lastIndexOf(":") + 1);
  const index = {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.index.v1+json",
    manifests: [
      {
        ...descriptor("application/vnd.oci.image.manifest.v1+json", blobs.manifest),
        annotations: { "io.containerd.image.name": image.name, "org.opencontainers.image.ref.name": tag },
        platform: { architecture: image.architecture, os: "linux" },
      },
    ],
  };
  // What `docker load` of the classic store reads (docker image save's older format).
  const dockerManifest = [
    {
      Config: `blobs/sha256/${blobs.config.digest}`,
      RepoTags: [image.name.replace(/^docker\.io\/library\//, "")],
      Layers: [`blobs/sha256/${blobs.layerDigest}`],
    },
  ];
  await writeFile(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  await writeFile(join(folder, "manifest.json"), JSON.stringify(dockerManifest));
  // Last: its presence says that the layout is complete.
  await writeFile(join(folder, "index.json"), JSON.stringify(index));
}

/** Makes a folder, which is there, a layout whose one image is for the platforms of several layouts' images. */
export async function writeImageIndex(folder: string, layouts: readonly string[]): Promise<void> {
  const manifests = [];
  for (const layout of layouts) {
    await cp(join(layout, "blobs"), join(folder, "blobs"), { recursive: true });
    manifests.push(...JSON.parse(await readFile(join(layout, "index.json"), "utf8")).manifests);
  }
  const mediaType = "application/vnd.oci.image.index.v1+json";
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
  const digest = createHash("sha256").update(bytes).digest("hex");
  await writeFile(join(folder, "blobs", "sha256", digest), bytes);
  await writeFile(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  const index = descriptor(mediaType, { digest, size: bytes.length });
  await writeFile(
    join(folder, "index.json"),
    JSON.stringify({ schemaVersion: 2, mediaType, manifests: [index] }),
  );
}

/** Gives the image of a layout folder to an engine under its name. */
export async function loadImageLayout(engine: Engine, folder: string): Promise<void> {
  const tar = spawn("tar", ["-C", folder, "-cf", "-", "."], { stdio: ["ignore", "pipe", "inherit"] });
  await engine.docker(["load", "--quiet"], { input: tar.stdout });
}

function descriptor(mediaType: string, blob: BlobReference): Readonly<Record<string, unknown>> {
  return { mediaType, digest: `sha256:${blob.digest}`, size: blob.size };
}
