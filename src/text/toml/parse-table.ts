import { parse, TomlDate, TomlError } from "smol-toml";
import type { Diagnostic } from "../diagnostic.ts";
import { quote } from "../quote.ts";
import type { Reading } from "../reading.ts";
import { remembered } from "../remembered.ts";
import { firstLine, type SourceFile, type Span } from "../source-file.ts";

/** Integers are bigints, so that they stay integers, and exact, when written again. */
export type TomlValue = string | number | bigint | boolean | TomlDate | readonly TomlValue[] | TomlTable;
export interface TomlTable {
  readonly [key: string]: TomlValue;
}

/** Deeper nesting than this is not configuration; it bounds the recursion of whoever walks the values. */
export const deepestNesting = 64;

/**
 * The values of a TOML text: fast, without positions. Use `locate` for the position of a value that is wrong, or
 * `parseDocument` where every position is needed.
 */
export const parseTable = remembered((file): Reading<TomlTable> => {
  try {
    const table = parse(file.text, { integersAsBigInt: true, maxDepth: deepestNesting }) as TomlTable;
    return isTooDeep(table, deepestNesting)
      ? { diagnostics: [nestingError(file)] }
      : { value: table, diagnostics: [] };
  } catch (cause) {
    return { diagnostics: [syntaxError(file, cause)] };
  }
});

export function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof TomlDate);
}

export function isList(value: TomlValue | undefined): value is readonly TomlValue[] {
  return Array.isArray(value);
}

/** A key of a table itself, never one that objects inherit, as `constructor`. */
export function own(table: TomlTable, key: string): TomlValue | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

export function nestingError(file: SourceFile, span: Span = firstLine(file.text)): Diagnostic {
  const message = `values are nested more than ${deepestNesting} deep`;
  return { rule: "toml-nesting", severity: "error", message, file, span };
}

function isTooDeep(value: TomlValue, limit: number): boolean {
  if (typeof value !== "object" || value instanceof TomlDate) {
    return false;
  }
  return limit === 0 || Object.values(value).some((inner) => isTooDeep(inner, limit - 1));
}

function syntaxError(file: SourceFile, cause: unknown): Diagnostic {
  const base = { rule: "toml-syntax", severity: "error", file } as const;
  if (!(cause instanceof TomlError)) {
    return {
      ...base,
      message: `cannot be read as TOML: ${quote(String(cause))}`,
      span: firstLine(file.text),
    };
  }
  const reason = cause.message.split("\n", 1)[0]?.replace("Invalid TOML document: ", "") ?? "";
  const position = { line: cause.line, character: cause.column - 1 };
  return { ...base, message: `not valid TOML: ${reason}`, span: { start: position, end: position } };
}
