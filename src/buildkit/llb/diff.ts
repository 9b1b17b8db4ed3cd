import { create } from "@bufbuild/protobuf";
import { DiffOpSchema } from "../gen/ops_pb.ts";
import type { Operation, OperationContext } from "./operation.ts";
import type { Output, State, VertexOptions } from "./vertex.ts";

/** What one file system has beyond another. */
export interface DiffVertex {
  readonly kind: "diff";
  readonly lower: Output;
  readonly upper: State;
  readonly inputs: readonly Output[];
  readonly options: VertexOptions;
}

/** What must be laid over `lower` to get `upper`. */
export function diff(lower: State, upper: State, options: VertexOptions = {}): State {
  if (lower === null) return upper;
  const inputs = upper === null ? [lower] : [lower, upper];
  return { vertex: { kind: "diff", lower, upper, inputs, options }, index: 0, platform: lower.platform };
}

export function diffOperation(vertex: DiffVertex, context: OperationContext): Operation {
  const value = create(DiffOpSchema, {
    lower: { input: 0n },
    upper: { input: vertex.upper === null ? -1n : 1n },
  });
  const inputs = vertex.inputs.map((input) => context.inputOf(input));
  return { inputs, op: { case: "diff", value }, capabilities: ["diffop"] };
}
