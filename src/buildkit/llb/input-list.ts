import type { Input } from "../gen/ops_pb.ts";

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
