import { create } from "@bufbuild/protobuf";
import { SourceOpSchema } from "../gen/ops_pb.ts";
import type { Operation, OperationContext, Output, Vertex, VertexOptions } from "./vertex.ts";

/** Files from outside the build. */
interface Source {
  /** scheme://name, as the scheme defines it. */
  readonly identifier: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
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
  const files: Source = { identifier, attributes: Object.fromEntries(present), capabilities, options };
  const vertex: Vertex = { inputs: [], options, operation: (context) => sourceOperation(files, context) };
  return { vertex, index: 0, platform: options.platform };
}

function sourceOperation(source: Source, context: OperationContext): Operation {
  const { identifier, attributes, capabilities, options } = source;
  const unique = uniqueAttribute(source, context);
  const attrs = { ...attributes, ...unique };
  return {
    inputs: [],
    op: { case: "source", value: create(SourceOpSchema, { identifier, attrs }) },
    platform: isPlatformSpecific(source) ? (options.platform ?? context.platform) : undefined,
    capabilities: unique === undefined ? capabilities : [...capabilities, "source.local.unique"],
  };
}

/** A folder of the client that names no session must not be taken for another build's. */
function uniqueAttribute({ identifier, attributes }: Source, { localUniqueId }: OperationContext) {
  if (!identifier.startsWith("local://") || "local.session" in attributes) return undefined;
  if (localUniqueId === undefined) {
    throw new Error(`${identifier} needs a session, or the definition a localUniqueId`);
  }
  return { "local.unique": localUniqueId };
}

function isPlatformSpecific({ identifier }: Source): boolean {
  return identifier.startsWith("docker-image://") || identifier.startsWith("oci-layout://");
}
