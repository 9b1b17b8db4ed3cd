import type { JsonValue } from "@bufbuild/protobuf";
import { create, toJson } from "@bufbuild/protobuf";
import type { Any } from "@bufbuild/protobuf/wkt";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import type { Definition } from "../gen/ops_pb.ts";
import { DefinitionSchema } from "../gen/ops_pb.ts";
import type { SourceLocation, SourcePosition } from "../llb/index.ts";

/** The kinds of detail that BuildKit's clients understand (solver/errdefs). */
export type DetailName = "Source" | "Vertex" | "Solve" | "Subrequest";

/**
 * Places in files that an error is about, in the order in which clients are to print them.
 * BuildKit wraps an error in its details, the last outermost, and lists them from the outside: each time an error
 * crosses a connection their order is turned round (util/grpcerrors). It crosses three, or one, before it is printed.
 */
export function sourceDetails(locations: readonly SourceLocation[]): readonly Any[] {
  return locations.map(sourceDetail).toReversed();
}

/** The lines of a file that an error is about. */
export function sourceDetail({ file, ranges }: SourceLocation): Any {
  const info = {
    filename: file.filename,
    data: Buffer.from(file.data).toString("base64"),
    ...(file.definition === undefined ? {} : { definition: definitionJson(file.definition) }),
    ...(file.language === undefined ? {} : { language: file.language }),
  };
  const lines = ranges.map(({ start, end }) => ({ start: positionJson(start), end: positionJson(end) }));
  return detail("Source", { info, ranges: lines });
}

/** The answer to a subrequest, such as `frontend.outline`, that the frontend does not know. */
export function subrequestDetail(name: string): Any {
  return detail("Subrequest", { name });
}

export function isDetail(any: Any, name: DetailName): boolean {
  return any.typeUrl === typeUrl(name);
}

/** BuildKit puts JSON where others put protobuf (util/grpcerrors). */
function detail(name: DetailName, value: JsonValue): Any {
  return create(AnySchema, { typeUrl: typeUrl(name), value: Buffer.from(JSON.stringify(value)) });
}

function typeUrl(name: DetailName): string {
  return `github.com/moby/buildkit/errdefs.${name}+json`;
}

/** Go's JSON leaves zeros out. */
function positionJson({ line, character }: SourcePosition): JsonValue {
  return { ...(line === 0 ? {} : { line }), ...(character ? { character } : {}) };
}

/** Go's plain JSON is protobuf's but for 64-bit numbers, which only resource limits have; a source has none. */
function definitionJson(definition: Definition): JsonValue {
  return toJson(DefinitionSchema, definition, { useProtoFieldName: true });
}
