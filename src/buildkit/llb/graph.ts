import { fromBinary } from "@bufbuild/protobuf";
import { type Definition, type Op, OpSchema } from "../gen/ops_pb.ts";
import { operationDigest } from "./digest.ts";

/** What a definition does, for people: its steps and what each needs. */
export interface Graph {
  /** Inputs come before those that use them; the last makes the result. */
  readonly steps: readonly Step[];
}

export interface Step {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  readonly kind: "source" | "exec" | "file" | "merge" | "diff" | "build";
  /** The line of the progress display; of a step without one its kind. */
  readonly name: string;
  /** Digests, each once. */
  readonly inputs: readonly string[];
  /** The step whose file system this one continues, if it does. */
  readonly base: string | undefined;
}

/** The steps of a definition, without the operation that only selects the result. */
export function graphOf(definition: Definition): Graph {
  const operations = definition.def.slice(0, -1).map((bytes) => ({
    digest: operationDigest(bytes),
    op: fromBinary(OpSchema, bytes),
  }));
  const steps = operations.map(({ digest, op }): Step => {
    const kind = op.op.case ?? "build";
    return {
      digest,
      kind,
      name: definition.metadata[digest]?.description["llb.customname"] ?? kind,
      inputs: [...new Set(op.inputs.map((input) => input.digest))],
      base: baseOf(op),
    };
  });
  return { steps };
}

/** The file system that an exec has at `/`, or that the first action of a file operation works on. */
function baseOf({ op, inputs }: Op): string | undefined {
  const index =
    op.case === "exec"
      ? op.value.mounts.find(({ dest }) => dest === "/")?.input
      : op.case === "file"
        ? op.value.actions[0]?.input
        : undefined;
  return index === undefined || index < 0 ? undefined : inputs[Number(index)]?.digest;
}
