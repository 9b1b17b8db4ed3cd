import type { Diagnostic } from "../text/diagnostic.ts";
import type { Span } from "../text/source-file.ts";
import type { KeyDefault } from "./key.ts";

/** What a document says, key by key: the step between TOML and the spec. */
export interface Values {
  /** Values of the right type and format, by dotted path. Keys with a wrong value are not among them. */
  readonly scalars: ReadonlyMap<string, KeyDefault>;
  /** `args`, `env` and `labels`: names and values as far as they are right. */
  readonly maps: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Tables of one shape by the path of their key, in file order. */
  readonly records: ReadonlyMap<string, readonly RecordValues[]>;
  /** Keys that are present, right or wrong: from the key to the end of its value. */
  readonly spans: ReadonlyMap<string, Span>;
  /** Arguments that some string uses. */
  readonly usedArgs: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** One table of several of the same shape. */
export interface RecordValues {
  /** What the person called it; its number, from 0, in a list. */
  readonly name: string;
  /** Members with a right value, and the defaults of those that are absent. */
  readonly members: ReadonlyMap<string, KeyDefault>;
}
