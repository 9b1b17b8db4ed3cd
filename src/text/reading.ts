import type { Diagnostic } from "./diagnostic.ts";

/** What came of reading a text: a value unless there are errors, and everything there is to say about it. */
export interface Reading<Value> {
  readonly value?: Value;
  readonly diagnostics: readonly Diagnostic[];
}
