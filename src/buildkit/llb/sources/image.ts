import { formatImageReference, parseImageReference } from "../../image-reference.ts";
import { source } from "../source.ts";
import type { Output, VertexOptions } from "../vertex.ts";

/** `pull` asks the registry even if the image is here, `local` only if it is not. */
export type ResolveMode = "default" | "pull" | "local";

export interface ImageOptions extends VertexOptions {
  readonly resolveMode?: ResolveMode | undefined;
  /** What the image counts as in the daemon's disk usage. */
  readonly recordType?: "internal" | "frontend" | undefined;
  /** How many of its layers to take. */
  readonly layerLimit?: number | undefined;
  /** Digest that the image must have. */
  readonly checksum?: string | undefined;
}

/** An image from a registry. Pin it by digest after resolving its name. Throws if `reference` is no image name. */
export function image(reference: string, options: ImageOptions = {}): Output {
  const { resolveMode, recordType, layerLimit, checksum, ...vertexOptions } = options;
  const parsed = parseImageReference(reference);
  if (parsed === undefined) throw new Error(`not an image name: ${JSON.stringify(reference)}`);
  const capabilities = ["source.image"];
  if (resolveMode === "pull") capabilities.push("source.image.resolvemode");
  if (layerLimit !== undefined) capabilities.push("source.image.layerlimit");
  if (checksum !== undefined) capabilities.push("source.image.checksum");
  const attributes = {
    "image.resolvemode": resolveMode === "default" ? undefined : resolveMode,
    "image.recordtype": recordType,
    "image.layerlimit": layerLimit?.toString(),
    "image.checksum": checksum,
  };
  return source(`docker-image://${formatImageReference(parsed)}`, attributes, capabilities, vertexOptions);
}
