import type { JsonValue } from "@bufbuild/protobuf";
import { create, fromBinary, fromJson, toJson } from "@bufbuild/protobuf";
import type { Definition } from "../gen/ops_pb.ts";
import { DefinitionSchema, OpMetadataSchema, OpSchema } from "../gen/ops_pb.ts";
import { operationDigest } from "./digest.ts";
import { encodeDeterministically } from "./encode.ts";

/** One operation of a definition, in protobuf's JSON form with BuildKit's field names. */
export interface OperationJson {
  readonly digest: string;
  readonly op: JsonValue;
  readonly metadata?: JsonValue | undefined;
}

/** The operations in a form that people and tests can read. */
export function definitionToJson(definition: Definition): readonly OperationJson[] {
  return definition.def.map((bytes) => {
    const digest = operationDigest(bytes);
    const metadata = definition.metadata[digest];
    return {
      digest,
      op: toJson(OpSchema, fromBinary(OpSchema, bytes), { useProtoFieldName: true }),
      ...(metadata === undefined
        ? {}
        : { metadata: toJson(OpMetadataSchema, metadata, { useProtoFieldName: true }) }),
    };
  });
}

/** The definition that `operations` describe. Throws if a digest is not that of its operation. */
export function definitionFromJson(operations: readonly OperationJson[]): Definition {
  const encoded = operations.map(({ digest, op, metadata }) => {
    const bytes = encodeDeterministically(OpSchema, fromJson(OpSchema, op));
    if (operationDigest(bytes) !== digest) throw new Error(`an operation's digest is not ${digest}`);
    return { bytes, digest, metadata: fromJson(OpMetadataSchema, metadata ?? {}) };
  });
  return create(DefinitionSchema, {
    def: encoded.map(({ bytes }) => bytes),
    metadata: Object.fromEntries(encoded.map(({ digest, metadata }) => [digest, metadata])),
  });
}
