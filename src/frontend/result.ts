import type { Attestation, FrontendResult, Reference } from "../buildkit/gateway/index.ts";
import { graphOf } from "../buildkit/llb/graph.ts";
import type { Platform } from "../buildkit/llb/index.ts";
import type { ImageConfig } from "../plan/image-config.ts";
import type { BuildRequest } from "../request/build-request.ts";
import { formatPlatform } from "../request/platforms.ts";
import { imageHistory } from "./image-history.ts";
import type { PreparedBuild } from "./prepare.ts";

export interface BuiltImage extends ImageConfigs {
  readonly platform: Platform;
  readonly reference: Reference;
  readonly sbom: Attestation | undefined;
}

export interface ImageConfigs {
  readonly config: ImageConfig;
  /** The base image's, if the image has its layers. The exporter tells by it which layers are not ours. */
  readonly base: ImageConfig | undefined;
}

/** The time that everything made by this build is to have, in the form of image configurations; undefined for the present. */
export function timeOf({ epoch }: BuildRequest): string | undefined {
  return epoch === undefined ? undefined : new Date(epoch * 1000).toISOString();
}

/** The configuration of an image and, as far as the base image tells how it was made, its history. */
export function configOf({ plan, definition }: PreparedBuild, time: string | undefined): ImageConfigs {
  const hasBaseLayers = plan.target.isImage && plan.lowest.rootfs !== undefined;
  const base = hasBaseLayers ? plan.lowest : undefined;
  const history = base && imageHistory(base, graphOf(definition), time);
  const created = time === undefined ? {} : { created: time };
  return { config: { ...plan.image, ...created, ...(history === undefined ? {} : { history }) }, base };
}

/** What a build ends with: one image, or one for each platform under its name. */
export function resultOf(
  images: readonly BuiltImage[],
  { multiPlatform, epoch }: BuildRequest,
): FrontendResult {
  const entries = images.map((image) => ({ id: formatPlatform(image.platform), ...image }));
  const attestations = new Map(entries.map(({ id, sbom }) => [id, sbom === undefined ? [] : [sbom]]));
  const platforms = entries.map(({ id, platform }) => ({ ID: id, Platform: platform }));
  const metadata = new Map([["refs.platforms", JSON.stringify({ Platforms: platforms })]]);
  if (epoch !== undefined) {
    metadata.set("source.date.epoch", String(epoch));
  }
  const [only] = entries;
  if (!multiPlatform && only !== undefined) {
    setConfigs(metadata, only, "");
    return { reference: only.reference, metadata, attestations };
  }
  for (const image of entries) {
    setConfigs(metadata, image, `/${image.id}`);
  }
  return { references: new Map(entries.map(({ id, reference }) => [id, reference])), metadata, attestations };
}

function setConfigs(metadata: Map<string, string>, { config, base }: ImageConfigs, suffix: string): void {
  metadata.set(`containerimage.config${suffix}`, JSON.stringify(config));
  if (base !== undefined) {
    metadata.set(`containerimage.base.config${suffix}`, JSON.stringify(base));
  }
}
