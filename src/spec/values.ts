import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source-file.ts";
import type { KeyDefault } from "./key.ts";

/** What a document says, key by key: the step between TOML and the spec. */
export interface Values {
  /** Values of the right type and format, by dotted path. Keys with a wrong value are not among them. */
  readonly scalars: ReadonlyMap<string, KeyDefault>;
  /** `args`, `env` and `labels`: names and values as far as they are right. */
  readonly maps: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Keys that are present, right or wrong: from the key to the end of its value. */
  readonly spans: ReadonlyMap<string, Span>;
  /** Arguments that some string uses. */
  readonly usedArgs: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}
