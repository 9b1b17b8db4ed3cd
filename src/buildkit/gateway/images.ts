import { LLBBridge } from "../gen/gateway_pb.ts";
import type { Platform, ResolveMode } from "../llb/index.ts";
import { platformMessage } from "../llb/platform.ts";
import type { Bridge } from "./bridge.ts";
import { StatusCode, StatusError } from "./status.ts";

/** An image to look up in a registry, or in an OCI layout of the client. */
export interface ImageRequest {
  /** Spelled out, as parseImageReference and formatImageReference do. */
  readonly reference: string;
  readonly platform?: Platform | undefined;
  readonly resolveMode?: ResolveMode | undefined;
  /** Line of the progress display. */
  readonly logName?: string | undefined;
  readonly ociLayout?: { readonly session: string; readonly store: string } | undefined;
}

export interface ResolvedImage {
  /** The name asked for, or the one that a source policy put in its place. */
  readonly reference: string;
  /** Of the manifest, or of the index if the image has several platforms. */
  readonly digest: string;
  /** JSON, for the platform asked for. */
  readonly config: Uint8Array;
}

export async function resolveImage(bridge: Bridge, request: ImageRequest): Promise<ResolvedImage> {
  // A daemon that knows no layouts would take the name for that of an image in a registry.
  const problem = request.ociLayout && bridge.llb.problem("source.ocilayout");
  if (problem !== undefined) throw refusal(problem);
  return bridge.gateway.supports("source.metaresolver")
    ? resolveBySource(bridge, request)
    : resolveByConfig(bridge, request);
}

async function resolveBySource({ call }: Bridge, request: ImageRequest): Promise<ResolvedImage> {
  const { reference, ociLayout } = request;
  const scheme = ociLayout === undefined ? "docker-image://" : "oci-layout://";
  const attrs = ociLayout && { "oci.session": ociLayout.session, "oci.store": ociLayout.store };
  const response = await call(LLBBridge.method.resolveSourceMeta, {
    Source: { identifier: `${scheme}${reference}`, attrs: attrs ?? {} },
    ...commonFields(request),
    Image: {},
  });
  const identifier = response.Source?.identifier ?? `${scheme}${reference}`;
  if (response.Image === undefined) {
    throw refusal(`${reference} is not an image: a source policy changed it to ${identifier}`);
  }
  const { Digest, Config } = response.Image;
  return {
    reference: identifier.replace(/^(?:docker-image|oci-layout):\/\//, ""),
    digest: Digest,
    config: Config,
  };
}

const registryResolver = 0;
const ociLayoutResolver = 1;

async function resolveByConfig({ call }: Bridge, request: ImageRequest): Promise<ResolvedImage> {
  const { reference, ociLayout } = request;
  const response = await call(LLBBridge.method.resolveImageConfig, {
    Ref: reference,
    ...commonFields(request),
    ResolverType: ociLayout === undefined ? registryResolver : ociLayoutResolver,
    SessionID: ociLayout?.session ?? "",
    StoreID: ociLayout?.store ?? "",
  });
  return { reference: response.Ref || reference, digest: response.Digest, config: response.Config };
}

function refusal(message: string): StatusError {
  return new StatusError({ code: StatusCode.unknown, message, details: [] });
}

function commonFields({ platform, resolveMode, logName }: ImageRequest) {
  return {
    ...(platform === undefined ? {} : { Platform: platformMessage(platform) }),
    ResolveMode: resolveMode ?? "",
    LogName: logName ?? "",
  };
}
