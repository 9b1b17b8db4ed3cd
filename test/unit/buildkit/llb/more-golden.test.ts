import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonValue } from "@bufbuild/protobuf";
import { toJson } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { SourceSchema } from "../../../../src/buildkit/gen/ops_pb.ts";
import { definitionFromJson, definitionToJson } from "../../../../src/buildkit/llb/definition-json.ts";
import { marshal } from "../../../../src/buildkit/llb/index.ts";
import { moreGraphs } from "./more-graphs.ts";

interface Vector {
  readonly ops: readonly { readonly digest: string; readonly bytes: string; readonly metadata?: JsonValue }[];
  readonly source?: JsonValue;
}

const path = join(import.meta.dirname, "../../../golden/llb-more-vectors.json");
const vectors: Readonly<Record<string, Vector>> = JSON.parse(readFileSync(path, "utf8"));
const platform = { os: "linux", architecture: "amd64" };

describe.each(Object.entries(vectors))("%s", (name, { ops, source }) => {
  const graph = moreGraphs[name];
  if (graph === undefined) throw new Error(`no graph for the vector ${name}`);
  const definition = marshal(graph.state, { platform, localUniqueId: "unique", ...graph.options });

  it("has the bytes, digests and metadata that BuildKit's Go library makes", () => {
    expect(definition.def.map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual(
      ops.map(({ bytes }) => bytes),
    );
    expect(definitionToJson(definition).map(({ digest, metadata }) => ({ digest, metadata }))).toEqual(
      ops.map(({ digest, metadata }) => ({ digest, metadata })),
    );
  });

  it("has the same source map", () => {
    const json = definition.Source && toJson(SourceSchema, definition.Source, { useProtoFieldName: true });
    expect(json).toEqual(source);
  });

  it("survives the way to JSON and back", () => {
    const again = definitionFromJson(definitionToJson(definition));
    expect(again.def).toEqual(definition.def);
    expect(again.metadata).toEqual(definition.metadata);
  });
});

it("has a vector for every graph", () => {
  expect(Object.keys(moreGraphs).sort()).toEqual(Object.keys(vectors).sort());
});
