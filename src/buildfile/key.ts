import type { Format } from "./formats.ts";

export type KeyType =
  /** With `integers`, a whole number may stand for the string of its digits. */
  | { readonly kind: "string"; readonly format: Format; readonly integers?: boolean }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "integer"; readonly minimum: number; readonly maximum: number }
  | { readonly kind: "boolean" }
  /** A list of strings. */
  | { readonly kind: "list"; readonly item: Format; readonly notEmpty?: boolean }
  /** A table of strings whose names the person chooses. */
  | { readonly kind: "map"; readonly name: Format; readonly value: Format; readonly substitute: boolean }
  /** Tables of one shape: named by the person (`[secrets.token]`) if there is a format for names, else listed (`[[registries]]`). */
  | {
      readonly kind: "records";
      readonly name?: Format;
      readonly members: readonly Member[];
      /** Members of which each record has one at least. */
      readonly anyOf: readonly string[];
    }
  /** One table of a fixed shape within a section (`[image.healthcheck]`). */
  | {
      readonly kind: "record";
      readonly members: readonly Member[];
      /** Members of which the record has one at least. */
      readonly anyOf: readonly string[];
    };

/** One value in a record. Its path is its name. */
export type Member = Pick<Key, "path" | "type" | "default" | "doc" | "example">;

export type KeyDefault = string | number | boolean | readonly string[];

/** All there is to know of a key of the spec. */
export interface Key {
  /** The name with its section, as `precompile.cpu-target`. */
  readonly path: string;
  readonly type: KeyType;
  /** What a spec without the key means. Absent if that depends on other things; `doc` says on which. */
  readonly default?: KeyDefault;
  /** What the reference page and editors say of the key. */
  readonly doc: string;
  /** TOML, as it would stand in a spec. */
  readonly example: string;
  /** What one would write in a Dockerfile instead. */
  readonly dockerfile?: string;
  /** The first version of Julia, `major.minor`, for which the key has an effect. */
  readonly juliaSince?: readonly [major: number, minor: number];
  /** Version of the spec language that brought the key. */
  readonly since: number;
  /** Paths that the key had in older versions of the spec language. */
  readonly formerly?: readonly string[];
}
