import { fromBinary } from "@bufbuild/protobuf";
import type { CapabilityEntry } from "../../src/buildkit/gateway/capabilities.ts";
import type { Definition } from "../../src/buildkit/gen/ops_pb.ts";
import { OpSchema } from "../../src/buildkit/gen/ops_pb.ts";
import { operationDigest } from "../../src/buildkit/llb/digest.ts";
import { encodeDeterministically } from "../../src/buildkit/llb/encode.ts";
import { headDigest } from "../../src/buildkit/llb/marshal.ts";

/** Throws what BuildKit would say of a definition when loading it (solver/llbsolver/vertex.go). */
export function refuseInvalid(definition: Definition, capabilities: readonly CapabilityEntry[]): void {
  const known = new Set<string>();
  for (const bytes of definition.def) {
    const op = fromBinary(OpSchema, bytes);
    if (Buffer.compare(bytes, encodeDeterministically(OpSchema, op)) !== 0) {
      throw new Error("an operation's bytes are not canonical: its source locations would be lost");
    }
    for (const { digest } of op.inputs)
      if (!known.has(digest)) throw new Error(`missing input digest ${digest}`);
    known.add(operationDigest(bytes));
  }
  for (const { caps } of Object.values(definition.metadata)) {
    const unknown = Object.keys(caps).find(
      (id) => !capabilities.some(({ ID, Enabled }) => ID === id && Enabled),
    );
    if (unknown !== undefined && capabilities.length > 0)
      throw new Error(`unknown API capability ${unknown}`);
  }
}

/** Identifier of the source that a definition's result is, if it is one. */
export function sourceOf(definition: Definition): string | undefined {
  const head = headDigest(definition);
  const bytes = definition.def.find((candidate) => operationDigest(candidate) === head);
  const op = bytes && fromBinary(OpSchema, bytes).op;
  return op?.case === "source" ? op.value.identifier : undefined;
}
