import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseJuliaVersion } from "../../../src/julia/julia-version.ts";
import { runChecked } from "../command.ts";
import type { FoundImage } from "./add-julia.ts";

/** An entry of manifest.json, which `docker save` writes and `docker load` of both image stores reads. */
interface SavedManifest {
  readonly Config: string;
  readonly Layers: readonly string[];
  readonly RepoTags?: readonly string[] | null;
}

interface Configuration {
  readonly architecture: string;
  readonly config?: { readonly Env?: readonly string[] };
}

/** Unpacks an image that `docker save` wrote or that is an OCI layout; one without a name becomes `julia:<version>`. */
export async function layoutOfSavedImage(file: string, folder: string): Promise<FoundImage> {
  await runChecked("tar", ["-xf", file, "-C", folder]);
  const saved = (await read<readonly SavedManifest[]>(folder, "manifest.json")) ?? [
    await manifestOfLayout(folder),
  ];
  const [only, ...others] = saved;
  if (only === undefined || others.length > 0) throw new Error(`${file} has to hold exactly one image`);
  const configuration = await read<Configuration>(folder, only.Config);
  const version = configuration?.config?.Env?.find((line) => line.startsWith("JULIA_VERSION="))?.split(
    "=",
  )[1];
  if (configuration === undefined || version === undefined || parseJuliaVersion(version) === undefined) {
    throw new Error(`${file} is no image of Julia: its configuration has no JULIA_VERSION`);
  }
  const image = only.RepoTags?.[0] ?? `julia:${version}`;
  if (only.RepoTags?.[0] === undefined) await giveName(folder, only, image);
  return { folder, image, version, architecture: configuration.architecture };
}

async function read<T>(folder: string, path: string): Promise<T | undefined> {
  const text = await readFile(join(folder, path), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

interface Blob {
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface LayoutIndex {
  readonly manifests: readonly Blob[];
}

/** The one image of an OCI layout (image-layout.md of the image specification), described as `docker save` would. */
async function manifestOfLayout(folder: string): Promise<SavedManifest> {
  const path = ({ digest }: Blob) => `blobs/${digest.replace(":", "/")}`;
  const index = await read<LayoutIndex>(folder, "index.json");
  const [only, ...others] = index?.manifests ?? [];
  if (only === undefined || others.length > 0) throw new Error("an OCI layout has to hold exactly one image");
  const manifest = await read<{ readonly config: Blob; readonly layers: readonly Blob[] }>(
    folder,
    path(only),
  );
  if (manifest?.layers === undefined) throw new Error("an OCI layout has to hold an image, not an index");
  return { Config: path(manifest.config), Layers: manifest.layers.map(path) };
}

/** The classic store reads the name in one file, containerd's in the other. */
async function giveName(folder: string, manifest: SavedManifest, image: string): Promise<void> {
  await writeFile(join(folder, "manifest.json"), JSON.stringify([{ ...manifest, RepoTags: [image] }]));
  const index = await read<LayoutIndex>(folder, "index.json");
  if (index === undefined) return;
  const annotations = { "io.containerd.image.name": `docker.io/library/${image}` };
  const manifests = index.manifests.map((each) => ({
    ...each,
    annotations: { ...each.annotations, ...annotations },
  }));
  await writeFile(join(folder, "index.json"), JSON.stringify({ ...index, manifests }));
}
