import { create, fromBinary } from "@bufbuild/protobuf";
import type { Definition, Op, OpMetadata } from "../gen/ops_pb.ts";
import { DefinitionSchema, InputSchema, OpSchema } from "../gen/ops_pb.ts";
import { operationDigest } from "./digest.ts";
import { encodeDeterministically } from "./encode.ts";
import { mergeMetadata, metadataMessage, terminalMetadata } from "./metadata.ts";
import type { Platform } from "./platform.ts";
import { platformMessage } from "./platform.ts";
import type { LocatedVertex } from "./source-map.ts";
import { sourceMessage } from "./source-map.ts";
import type { EncodedOperation, Operation, OperationContext, State, Vertex } from "./vertex.ts";

export interface MarshalOptions {
  /** Of the build; operations that name none and whose inputs name none run on it. */
  readonly platform: Platform;
  /** Whether the daemon has a capability; absent if that is not known. */
  readonly supports?: ((capability: string) => boolean) | undefined;
  /** What tells local sources without a session apart from other builds'. */
  readonly localUniqueId?: string | undefined;
}

/** The definition that BuildKit solves to get `state`. The empty file system's has no operations. */
export function marshal(state: State, options: MarshalOptions): Definition {
  if (state === null) return create(DefinitionSchema);
  const encoded = new Map<Vertex, EncodedOperation>();
  const inputOf: OperationContext["inputOf"] = (output) => {
    const digest = encodedAlready(encoded, output.vertex).digest;
    return create(InputSchema, { digest, index: BigInt(output.index) });
  };
  encodeWithInputs(state.vertex, encoded, { ...options, inputOf });
  const terminal = encodeDeterministically(OpSchema, create(OpSchema, { inputs: [inputOf(state)] }));
  return definitionOf(encoded, terminal);
}

/** Digest of the vertex that makes a definition's result; undefined for the empty file system. */
export function headDigest(definition: Definition): string | undefined {
  const last = definition.def.at(-1);
  return last === undefined ? undefined : fromBinary(OpSchema, last).inputs[0]?.digest;
}

function encodeWithInputs(
  vertex: Vertex,
  encoded: Map<Vertex, EncodedOperation>,
  context: OperationContext,
): void {
  if (encoded.has(vertex)) return;
  for (const input of vertex.inputs) encodeWithInputs(input.vertex, encoded, context);
  encoded.set(vertex, encode(vertex, context));
}

function encode({ operation: made, options }: Vertex, context: OperationContext): EncodedOperation {
  if (typeof made !== "function") return made;
  const operation = made(context);
  const bytes = encodeDeterministically(OpSchema, opMessage(operation));
  return {
    bytes,
    digest: operationDigest(bytes),
    metadata: metadataMessage(options, operation.capabilities),
  };
}

function encodedAlready(encoded: ReadonlyMap<Vertex, EncodedOperation>, vertex: Vertex): EncodedOperation {
  const found = encoded.get(vertex);
  if (found === undefined) throw new Error("an operation uses a vertex that is none of its inputs");
  return found;
}

function opMessage({ inputs, op, platform }: Operation): Op {
  return create(OpSchema, {
    inputs: [...inputs],
    op,
    ...(platform === undefined ? {} : { platform: platformMessage(platform) }),
    // Present although empty: BuildKit's client writes it on every operation but the terminal one.
    constraints: {},
  });
}

const byDigest = ([left]: [string, OpMetadata], [right]: [string, OpMetadata]) => (left < right ? -1 : 1);

function definitionOf(encoded: ReadonlyMap<Vertex, EncodedOperation>, terminal: Uint8Array): Definition {
  const operations = new Map<string, Uint8Array>();
  const metadata = new Map<string, OpMetadata>();
  const located: LocatedVertex[] = [];
  for (const [vertex, { bytes, digest, metadata: own }] of encoded) {
    operations.set(digest, bytes);
    metadata.set(digest, mergeMetadata(metadata.get(digest), own));
    located.push({ digest, locations: vertex.options.locations ?? [] });
  }
  metadata.set(operationDigest(terminal), terminalMetadata([...metadata.values()]));
  return create(DefinitionSchema, {
    def: [...operations.values(), terminal],
    metadata: Object.fromEntries([...metadata].sort(byDigest)),
    Source: sourceMessage(located),
  });
}
