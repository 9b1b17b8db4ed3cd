import { source } from "../source.ts";
import type { Output, VertexOptions } from "../vertex.ts";

export interface OciLayoutOptions extends VertexOptions {
  /** Session of the client that has the layout. */
  readonly session?: string | undefined;
  readonly store?: string | undefined;
  readonly layerLimit?: number | undefined;
}

/** An image from an OCI layout of the client; `reference` is name@digest. */
export function ociLayout(reference: string, options: OciLayoutOptions = {}): Output {
  const { session, store, layerLimit, ...vertexOptions } = options;
  const attributes = {
    "oci.session": session || undefined,
    "oci.store": store || undefined,
    "oci.layerlimit": layerLimit?.toString(),
  };
  return source(`oci-layout://${reference}`, attributes, ["source.ocilayout"], vertexOptions);
}
