import { create, fromBinary } from "@bufbuild/protobuf";
import type { Definition, Op, Range, SourceInfo } from "../gen/ops_pb.ts";
import { OpMetadataSchema, OpSchema } from "../gen/ops_pb.ts";
import { operationDigest } from "./digest.ts";
import { platformFromMessage } from "./platform.ts";
import type { MappedFile, SourceLocation, SourceRange } from "./source-map.ts";
import type { Output, State } from "./vertex.ts";

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
    const digest = operationDigest(bytes);
    outputs.set(digest, importedOutput(definition, { bytes, digest, op, inputs }));
  }
  const [result] = terminal.op.inputs;
  if (result === undefined) throw new Error("the definition names no result");
  return outputOf(result.digest, result.index);
}

/** An operation that someone else has made, of whatever kind. */
interface Imported {
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly op: Op;
  readonly inputs: readonly Output[];
}

function importedOutput(definition: Definition, { bytes, digest, op, inputs }: Imported): Output {
  const metadata = definition.metadata[digest] ?? create(OpMetadataSchema);
  const vertex = {
    inputs,
    options: { locations: locationsOf(definition, digest) },
    operation: { bytes, digest, metadata },
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

function fileOf({ filename, data, language, definition }: SourceInfo): MappedFile {
  return { filename, data, language, definition };
}

function rangeOf({ start, end }: Range): SourceRange {
  const position = (message: Range["start"]) => ({
    line: message?.line ?? 0,
    character: message?.character ?? 0,
  });
  return { start: position(start), end: position(end) };
}
