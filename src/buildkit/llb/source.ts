import { create } from "@bufbuild/protobuf";
import { SourceOpSchema } from "../gen/ops_pb.ts";
import type { Operation, OperationContext } from "./operation.ts";
import type { Output, VertexOptions } from "./vertex.ts";

/** Files from outside the build. */
export interface SourceVertex {
  readonly kind: "source";
  /** scheme://name, as the scheme defines it. */
  readonly identifier: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly inputs: readonly [];
  readonly options: VertexOptions;
}

/** A source of any scheme. `image`, `local`, `git`, `http` and `ociLayout` know the schemes' rules. */
export function source(
  identifier: string,
  attributes: Readonly<Record<string, string | undefined>>,
  capabilities: readonly string[],
  options: VertexOptions,
): Output {
  const present = Object.entries(attributes).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const vertex: SourceVertex = {
    kind: "source",
    identifier,
    attributes: Object.fromEntries(present),
    capabilities,
    inputs: [],
    options,
  };
  return { vertex, index: 0, platform: options.platform };
}

export function sourceOperation(vertex: SourceVertex, context: OperationContext): Operation {
  const unique = uniqueAttribute(vertex, context);
  const attrs = { ...vertex.attributes, ...unique };
  return {
    inputs: [],
    op: { case: "source", value: create(SourceOpSchema, { identifier: vertex.identifier, attrs }) },
    platform: isPlatformSpecific(vertex) ? (vertex.options.platform ?? context.platform) : undefined,
    capabilities:
      unique === undefined ? vertex.capabilities : [...vertex.capabilities, "source.local.unique"],
  };
}

/** A folder of the client that names no session must not be taken for another build's. */
function uniqueAttribute(vertex: SourceVertex, context: OperationContext) {
  if (!vertex.identifier.startsWith("local://") || "local.session" in vertex.attributes) return undefined;
  if (context.localUniqueId === undefined) {
    throw new Error(`${vertex.identifier} needs a session, or the definition a localUniqueId`);
  }
  return { "local.unique": context.localUniqueId };
}

function isPlatformSpecific({ identifier }: SourceVertex): boolean {
  return identifier.startsWith("docker-image://") || identifier.startsWith("oci-layout://");
}
