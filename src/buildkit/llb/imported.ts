import { create, fromBinary } from "@bufbuild/protobuf";
import type { Definition, Op, OpMetadata, Range, SourceInfo } from "../gen/ops_pb.ts";
import { OpMetadataSchema, OpSchema } from "../gen/ops_pb.ts";
import { operationDigest } from "./digest.ts";
import { platformFromMessage } from "./platform.ts";
import type { SourceFile, SourceLocation, SourceRange } from "./source-map.ts";
import type { Output, State, VertexOptions } from "./vertex.ts";

/** An operation that someone else has made, of whatever kind. */
export interface ImportedVertex {
  readonly kind: "imported";
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly metadata: OpMetadata;
  readonly inputs: readonly Output[];
  readonly options: VertexOptions;
}

/** The file system that a definition describes, to build on. Throws if the definition is not in order. */
export function importDefinition(definition: Definition): State {
  const outputs = new Map<string, Output>();
  const outputOf = (digest: string, index: bigint): Output => {
    const output = outputs.get(digest);
    if (output === undefined) throw new Error(`the definition uses ${digest} before it defines it`);
    return { ...output, index: Number(index) };
  };
  const operations = definition.def.map((bytes) => ({ bytes, op: fromBinary(OpSchema, bytes) }));
  const terminal = operations.pop();
  if (terminal === undefined) return null;
  for (const { bytes, op } of operations) {
    const inputs = op.inputs.map(({ digest, index }) => outputOf(digest, index));
    const output = importedOutput(definition, bytes, op, inputs);
    outputs.set(output.vertex.digest, output);
  }
  const [result] = terminal.op.inputs;
  if (result === undefined) throw new Error("the definition names no result");
  return outputOf(result.digest, result.index);
}

function importedOutput(definition: Definition, bytes: Uint8Array, op: Op, inputs: readonly Output[]) {
  const digest = operationDigest(bytes);
  const vertex: ImportedVertex = {
    kind: "imported",
    bytes,
    digest,
    metadata: definition.metadata[digest] ?? create(OpMetadataSchema),
    inputs,
    options: { locations: locationsOf(definition, digest) },
  };
  const platform = op.platform === undefined ? inputs[0]?.platform : platformFromMessage(op.platform);
  return { vertex, index: 0, platform };
}

function locationsOf({ Source }: Definition, digest: string): readonly SourceLocation[] {
  const locations = Source?.locations[digest]?.locations ?? [];
  return locations.flatMap(({ sourceIndex, ranges }) => {
    const info = Source?.infos[sourceIndex];
    return info === undefined ? [] : [{ file: fileOf(info), ranges: ranges.map(rangeOf) }];
  });
}

function fileOf({ filename, data, language, definition }: SourceInfo): SourceFile {
  return { filename, data, language, definition };
}

function rangeOf({ start, end }: Range): SourceRange {
  const position = (message: Range["start"]) => ({
    line: message?.line ?? 0,
    character: message?.character ?? 0,
  });
  return { start: position(start), end: position(end) };
}
