import { create } from "@bufbuild/protobuf";
import { MergeOpSchema } from "../gen/ops_pb.ts";
import type { Operation, OperationContext } from "./operation.ts";
import type { Output, State, VertexOptions } from "./vertex.ts";

/** File systems laid over each other without copying. */
export interface MergeVertex {
  readonly kind: "merge";
  readonly inputs: readonly Output[];
  readonly options: VertexOptions;
}

/** Lays the file systems over each other, the last on top. Of fewer than two that are not empty no vertex is made. */
export function merge(states: readonly State[], options: VertexOptions = {}): State {
  const inputs = states.filter((state) => state !== null);
  const [lowest] = inputs;
  if (lowest === undefined) return null;
  if (inputs.length === 1) return lowest;
  return { vertex: { kind: "merge", inputs, options }, index: 0, platform: lowest.platform };
}

export function mergeOperation(vertex: MergeVertex, context: OperationContext): Operation {
  // Unlike an exec's inputs these are not deduplicated: each is a layer.
  const inputs = vertex.inputs.map((input) => context.inputOf(input));
  const value = create(MergeOpSchema, { inputs: inputs.map((_, index) => ({ input: BigInt(index) })) });
  return { inputs, op: { case: "merge", value }, capabilities: ["mergeop"] };
}
