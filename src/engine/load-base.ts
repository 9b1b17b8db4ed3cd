import type { GatewayClient } from "../buildkit/gateway/index.ts";
import type { Output, Platform } from "../buildkit/llb/index.ts";
import { take } from "../lower/place.ts";
import type { ResolvedBase } from "../plan/decisions.ts";
import type { ImageConfig } from "../plan/image-config.ts";
import type { BuildRequest } from "../request/build-request.ts";
import { formatPlatform } from "../request/platforms.ts";
import { UserError } from "../text/user-error.ts";
import type { ContextOptions } from "./main-contexts.ts";
import { findContext, type NamedContext, ociLayoutState, openNamedContext } from "./named-context.ts";

/** The base image, or what `--build-context` puts in its place. */
export interface LoadedBase extends ResolvedBase {
  /** The file system, if it is not that of an image in a registry. */
  readonly state?: Output;
}

/** A base image, and the names by which `--build-context` replaces it: the one that the spec has for it, and one for all specs. */
export interface NamedBase {
  readonly reference: string;
  readonly names: readonly string[];
}

export function namedBase(reference: string): NamedBase {
  return { reference, names: [reference, "base"] };
}

/** The same for what the image is made of instead. */
export function namedSmallBase(reference: string): NamedBase {
  return { reference, names: [reference, "image-base"] };
}

export type BaseOptions = ContextOptions & Pick<BuildRequest, "resolveMode">;

/** Finds the base image's digest and configuration. Rejects with BuildKit's error, or if the image is for another platform. */
export async function loadBase(
  { reference, names }: NamedBase,
  platform: Platform,
  options: BaseOptions,
): Promise<LoadedBase> {
  const base = await findBase({ reference, names }, platform, options);
  const { os, architecture } = base.config;
  // A registry is asked for the platform, but an image for one platform only is what it is.
  if (os !== platform.os || architecture !== platform.architecture) {
    const wanted = formatPlatform(platform);
    throw new UserError(`the base image ${reference} is for ${os}/${architecture}, not for ${wanted}`);
  }
  return base;
}

async function findBase(
  { reference, names }: NamedBase,
  platform: Platform,
  options: BaseOptions,
): Promise<LoadedBase> {
  const found = findContext(options.contexts, names, platform);
  const context = found && (await openNamedContext(found, options));
  if (context === undefined || context.kind === "image") {
    return resolveImage(context?.reference ?? reference, platform, options);
  }
  return context.kind === "oci-layout"
    ? resolveLayout(context, platform, options.client)
    : filesAsBase(context, platform);
}

async function resolveImage(
  reference: string,
  platform: Platform,
  { client, resolveMode }: BaseOptions,
): Promise<LoadedBase> {
  const { digest, config } = await client.resolveImage({
    reference,
    platform,
    resolveMode,
    logName: `[internal] load metadata for ${reference}`,
  });
  return { reference, digest, config: readConfig(config), resolveMode };
}

async function resolveLayout(
  layout: Extract<NamedContext, { readonly kind: "oci-layout" }>,
  platform: Platform,
  client: GatewayClient,
): Promise<LoadedBase> {
  const { reference, session, store } = layout;
  const logName = `[context] load metadata for ${reference}`;
  const request = { reference, platform, logName, ociLayout: { session, store } };
  const { digest, config } = await client.resolveImage(request).catch(explainLayout);
  return { reference, digest, config: readConfig(config), state: ociLayoutState(layout, platform, "base") };
}

/** Docker with its classic image store announces that it reads OCI layouts, and then does not know the scheme. */
function explainLayout(error: unknown): never {
  if (error instanceof Error && error.message.includes("unknown scheme oci-layout")) {
    throw new UserError(
      "this engine cannot read an oci-layout: Docker does with the containerd image store, and so does a docker-container builder",
    );
  }
  throw error;
}

function filesAsBase(
  { place, config }: Extract<NamedContext, { readonly kind: "files" }>,
  platform: Platform,
): LoadedBase {
  const state = take(place, { name: "[base] files in place of the base image" });
  return {
    digest: "",
    isFiles: true,
    config: config === undefined ? plainConfig(platform) : readConfig(config),
    // What was built or fetched belongs to this platform from here on.
    state: { ...state, platform },
  };
}

/** Of a file system that says nothing about itself: programs are found where Unix has them. */
function plainConfig({ os, architecture, variant }: Platform): ImageConfig {
  const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  return { os, architecture, ...(variant === undefined ? {} : { variant }), config: { Env: [path] } };
}

export function readConfig(bytes: Uint8Array): ImageConfig {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as ImageConfig;
  } catch (error) {
    throw new UserError(`an image has a configuration that is no JSON: ${error}`);
  }
}
