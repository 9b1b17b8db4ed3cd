import { create, fromBinary } from "@bufbuild/protobuf";
import type { Definition, Op, OpMetadata } from "../gen/ops_pb.ts";
import { DefinitionSchema, InputSchema, OpSchema } from "../gen/ops_pb.ts";
import { diffOperation } from "./diff.ts";
import { operationDigest } from "./digest.ts";
import { encodeDeterministically } from "./encode.ts";
import { execOperation } from "./exec-operation.ts";
import { fileOperation } from "./file-operation.ts";
import type { ImportedVertex } from "./imported.ts";
import { mergeOperation } from "./merge.ts";
import { mergeMetadata, metadataMessage, terminalMetadata } from "./metadata.ts";
import type { Operation, OperationContext } from "./operation.ts";
import type { Platform } from "./platform.ts";
import { platformMessage } from "./platform.ts";
import { sourceOperation } from "./source.ts";
import type { LocatedVertex } from "./source-map.ts";
import { sourceMessage } from "./source-map.ts";
import type { State, Vertex } from "./vertex.ts";

export interface MarshalOptions {
  /** Of the build; operations that name none and whose inputs name none run on it. */
  readonly platform: Platform;
  /** Whether the daemon has a capability; absent if that is not known. */
  readonly supports?: ((capability: string) => boolean) | undefined;
  /** What tells local sources without a session apart from other builds'. */
  readonly localUniqueId?: string | undefined;
}

interface EncodedVertex {
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly metadata: OpMetadata;
}

/** The definition that BuildKit solves to get `state`. The empty file system's has no operations. */
export function marshal(state: State, options: MarshalOptions): Definition {
  if (state === null) return create(DefinitionSchema);
  const encoded = new Map<Vertex, EncodedVertex>();
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
  encoded: Map<Vertex, EncodedVertex>,
  context: OperationContext,
): void {
  if (encoded.has(vertex)) return;
  for (const input of vertex.inputs) encodeWithInputs(input.vertex, encoded, context);
  encoded.set(vertex, vertex.kind === "imported" ? vertex : encodeVertex(vertex, context));
}

function encodeVertex(vertex: Exclude<Vertex, ImportedVertex>, context: OperationContext): EncodedVertex {
  const operation = operationOf(vertex, context);
  const bytes = encodeDeterministically(OpSchema, opMessage(operation));
  const metadata = metadataMessage(vertex.options, operation.capabilities);
  return { bytes, digest: operationDigest(bytes), metadata };
}

function encodedAlready(encoded: ReadonlyMap<Vertex, EncodedVertex>, vertex: Vertex): EncodedVertex {
  const found = encoded.get(vertex);
  if (found === undefined) throw new Error(`a ${vertex.kind} operation is used but is no input`);
  return found;
}

function operationOf(vertex: Exclude<Vertex, ImportedVertex>, context: OperationContext): Operation {
  switch (vertex.kind) {
    case "source":
      return sourceOperation(vertex, context);
    case "exec":
      return execOperation(vertex, context);
    case "file":
      return fileOperation(vertex, context);
    case "merge":
      return mergeOperation(vertex, context);
    case "diff":
      return diffOperation(vertex, context);
  }
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

function definitionOf(encoded: ReadonlyMap<Vertex, EncodedVertex>, terminal: Uint8Array): Definition {
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
