import type { Input, Op } from "../gen/ops_pb.ts";
import type { Platform } from "./platform.ts";
import type { Output } from "./vertex.ts";

/** An operation ready to be encoded. */
export interface Operation {
  readonly inputs: readonly Input[];
  readonly op: Op["op"];
  /** Present for the operations whose result depends on it. */
  readonly platform?: Platform | undefined;
  /** Ids of what the daemon must support. */
  readonly capabilities: readonly string[];
}

/** What an operation needs to know of the definition it becomes part of. */
export interface OperationContext {
  /** The edge to an output, by its vertex's digest. */
  readonly inputOf: (output: Output) => Input;
  /** Of the build. */
  readonly platform: Platform;
  /** Whether the daemon has a capability; absent if that is not known. */
  readonly supports?: ((capability: string) => boolean) | undefined;
  readonly localUniqueId?: string | undefined;
}

/** The inputs of an operation, each once, in the order of their first use. */
export class InputList {
  readonly #inputs: Input[] = [];

  /** Index of the input in the operation. */
  add(input: Input): number {
    const known = this.#inputs.findIndex(
      (other) => other.digest === input.digest && other.index === input.index,
    );
    return known === -1 ? this.#inputs.push(input) - 1 : known;
  }

  get all(): readonly Input[] {
    return this.#inputs;
  }
}
