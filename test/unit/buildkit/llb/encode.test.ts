import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import {
  MetaSchema,
  OpMetadataSchema,
  OpSchema,
  SourceOpSchema,
} from "../../../../src/buildkit/gen/ops_pb.ts";
import { encodeDeterministically } from "../../../../src/buildkit/llb/encode.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

it("writes a oneof's member after the fields with greater numbers", () => {
  const op = create(OpSchema, {
    op: { case: "source", value: { identifier: "a" } },
    platform: { OS: "b" },
  });
  expect(hex(encodeDeterministically(OpSchema, op))).toBe("5203120162" + "1a030a0161");
});

it("writes a message that is set but empty, and no scalar that is zero", () => {
  const op = create(OpSchema, { constraints: {}, op: { case: "source", value: { identifier: "" } } });
  expect(hex(encodeDeterministically(OpSchema, op))).toBe("5a00" + "1a00");
});

it("sorts map keys by their UTF-8 bytes, number-like ones too", () => {
  const keys = ["10", "9", "Z", "a", "\uff5e", "\u{1f600}"];
  const attrs = Object.fromEntries(keys.toReversed().map((key) => [key, `<${key}>`]));
  const bytes = encodeDeterministically(SourceOpSchema, create(SourceOpSchema, { attrs }));
  const text = Buffer.from(bytes).toString("utf8");
  const written = keys.toSorted((a, b) => text.indexOf(`<${a}>`) - text.indexOf(`<${b}>`));
  expect(written).toEqual(keys);
});

it("writes both members of a map entry even if they are empty", () => {
  const metadata = create(OpMetadataSchema, { description: { "": "" }, caps: { a: false } });
  expect(hex(encodeDeterministically(OpMetadataSchema, metadata))).toBe("12040a001200" + "2a050a01611000");
});

it("packs repeated numbers and writes negative ones in ten bytes", () => {
  const meta = create(MetaSchema, { validExitCodes: [0, -1], ulimit: [{ Soft: -1n }] });
  expect(hex(encodeDeterministically(MetaSchema, meta))).toBe(
    "4a0b10ffffffffffffffffff01" + "620b00ffffffffffffffffff01",
  );
});

it("keeps fields that it does not know, after all others", () => {
  const unknown = Uint8Array.from([0xfa, 0x01, 0x01, 0x78]);
  const op = fromBinary(OpSchema, Uint8Array.from([...unknown, 0x5a, 0x00]));
  expect(hex(encodeDeterministically(OpSchema, op))).toBe(`5a00${hex(unknown)}`);
});

it("writes what any decoder reads back", () => {
  const op = create(OpSchema, {
    inputs: [{ digest: "sha256:a", index: 3n }],
    op: { case: "exec", value: { meta: { args: ["a"] }, mounts: [{ input: -1n, dest: "/" }] } },
    platform: { OS: "linux" },
  });
  const decoded = fromBinary(OpSchema, encodeDeterministically(OpSchema, op));
  expect(toBinary(OpSchema, decoded)).toEqual(toBinary(OpSchema, op));
});
