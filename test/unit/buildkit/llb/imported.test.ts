import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { DefinitionSchema } from "../../../../src/buildkit/gen/ops_pb.ts";
import { exec, file, image, importDefinition, marshal, scratch } from "../../../../src/buildkit/llb/index.ts";
import { moreGraphs } from "./more-graphs.ts";

const platform = { os: "linux", architecture: "amd64" };
const options = { platform, localUniqueId: "unique" };

describe.each(Object.entries(moreGraphs))("%s", (_, { state }) => {
  it("is the same definition after it was imported", () => {
    const definition = marshal(state, options);
    expect(marshal(importDefinition(definition), options)).toEqual(definition);
  });
});

it("can be built on, for the platform it is for", () => {
  const arm = image("julia", { platform: { os: "linux", architecture: "arm64" } });
  const imported = importDefinition(marshal(arm, options));
  const command = { args: ["true"] };
  expect(marshal(exec(imported, command).root, options)).toEqual(marshal(exec(arm, command).root, options));
});

it("keeps which output of an operation is meant", () => {
  const { output } = exec(image("julia"), {
    args: ["true"],
    mounts: [{ type: "bind", target: "/out", source: scratch }],
  });
  const definition = marshal(output("/out"), options);
  expect(importDefinition(definition)?.index).toBe(1);
});

it("that is out of order is refused", () => {
  const definition = marshal(file(image("julia"), [{ type: "rm", path: "/a" }]), options);
  const reversed = create(DefinitionSchema, { ...definition, def: definition.def.slice(1) });
  expect(() => importDefinition(reversed)).toThrow("before it defines it");
  const empty = create(DefinitionSchema, { def: [new Uint8Array()] });
  expect(() => importDefinition(empty)).toThrow("names no result");
});
