import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import type { Diagnostic } from "../diagnostic.ts";
import { quote } from "../quote.ts";
import type { Reading } from "../reading.ts";
import { firstLine, type SourceFile, type Span } from "../source-file.ts";
import { deepestNesting, nestingError } from "./parse-table.ts";

/** TOML values with the place of each. */
export type Node = TableNode | ListNode | ScalarNode;

export interface TableNode {
  readonly kind: "table";
  readonly entries: ReadonlyMap<string, Entry>;
  /** The header, the braces and what is between them, or the key that implies this table. */
  readonly span: Span;
}

export interface ListNode {
  readonly kind: "list";
  readonly items: readonly Node[];
  /** The brackets and what is between them; of an array of tables its first header. */
  readonly span: Span;
}

export interface ScalarNode {
  readonly kind: "string" | "integer" | "float" | "boolean" | "datetime";
  readonly value: string | bigint | number | boolean;
  /** The value as it is written, with its quotes. */
  readonly text: string;
  readonly span: Span;
}

export interface Entry {
  readonly key: Span;
  /** From the key to the end of the value; for a table with a header, the header. */
  readonly span: Span;
  readonly value: Node;
}

interface OpenTable extends TableNode {
  readonly entries: Map<string, Entry>;
}

/**
 * The values of a TOML 1.0 text with all positions. Slower than `parseTable` (about 0.1 ms for 1 kB), hence for the
 * spec and for files in which something is wrong.
 */
export function parseDocument(file: SourceFile): Reading<TableNode> {
  try {
    // A byte order mark is no part of TOML 1.0, yet editors on Windows write it. A space keeps all positions.
    const text = file.text.replace(/^\ufeff/, " ");
    const [top] = parseTOML(text, { tomlVersion: "1.0" }).body;
    return { value: convertTop(top, text), diagnostics: [] };
  } catch (cause) {
    return { diagnostics: [describeFailure(file, cause)] };
  }
}

class TooDeep extends Error {
  readonly span: Span;
  constructor(span: Span) {
    super("nested too deep");
    this.span = span;
  }
}

function convertTop(top: AST.TOMLTopLevelTable, text: string): TableNode {
  const root = openTable(firstLine(text));
  for (const statement of top.body) {
    if (statement.type === "TOMLKeyValue") {
      insertKeyValue(root, statement, text, 0);
    } else {
      const table = openHeader(root, statement);
      for (const keyValue of statement.body) {
        insertKeyValue(table, keyValue, text, statement.key.keys.length);
      }
    }
  }
  return root;
}

/** The table that `[a.b]` or `[[a.b]]` opens. */
function openHeader(root: OpenTable, header: AST.TOMLTable): OpenTable {
  checkDepth(header.key.keys.length, header.key);
  const parent = openPath(root, header.key.keys.slice(0, -1), spanOf(header.key));
  const last = lastKey(header.key.keys);
  if (header.kind === "standard") {
    return openChild(parent, last, spanOf(header.key));
  }
  const item = openTable(spanOf(header.key));
  const list = parent.entries.get(keyName(last))?.value;
  if (list?.kind === "list") {
    (list.items as Node[]).push(item);
  } else {
    const span = spanOf(header.key);
    parent.entries.set(keyName(last), {
      key: spanOf(last),
      span,
      value: { kind: "list", items: [item], span },
    });
  }
  return item;
}

function insertKeyValue(table: OpenTable, statement: AST.TOMLKeyValue, text: string, depth: number): void {
  const innerDepth = depth + statement.key.keys.length;
  checkDepth(innerDepth, statement.key);
  const parent = openPath(table, statement.key.keys.slice(0, -1), spanOf(statement.key));
  const last = lastKey(statement.key.keys);
  const value = convertValue(statement.value, text, innerDepth);
  parent.entries.set(keyName(last), { key: spanOf(last), span: spanOf(statement), value });
}

function openPath(table: OpenTable, keys: readonly Key[], span: Span): OpenTable {
  return keys.reduce((parent, key) => openChild(parent, key, span), table);
}

/** The table under a key, made if it is not there; of an array of tables the last one, as TOML has it. */
function openChild(parent: OpenTable, key: Key, span: Span): OpenTable {
  const present = parent.entries.get(keyName(key))?.value;
  const value = present?.kind === "list" ? present.items.at(-1) : present;
  if (value?.kind === "table") {
    return value as OpenTable;
  }
  const table = openTable(span);
  parent.entries.set(keyName(key), { key: spanOf(key), span, value: table });
  return table;
}

function convertValue(value: AST.TOMLContentNode, text: string, depth: number): Node {
  const span = spanOf(value);
  checkDepth(depth, value);
  switch (value.type) {
    case "TOMLArray":
      return { kind: "list", items: value.elements.map((item) => convertValue(item, text, depth + 1)), span };
    case "TOMLInlineTable": {
      const table = openTable(span);
      for (const statement of value.body) {
        insertKeyValue(table, statement, text, depth);
      }
      return table;
    }
    case "TOMLValue":
      return convertScalar(value, text);
  }
}

function convertScalar(value: AST.TOMLValue, text: string): ScalarNode {
  const written = { text: text.slice(...value.range), span: spanOf(value) };
  switch (value.kind) {
    case "integer":
      return { kind: "integer", value: value.bigint, ...written };
    case "string":
    case "float":
    case "boolean":
      return { kind: value.kind, value: value.value, ...written };
    default:
      return { kind: "datetime", value: written.text, ...written };
  }
}

type Key = AST.TOMLBare | AST.TOMLQuoted;

function keyName(key: Key): string {
  return key.type === "TOMLBare" ? key.name : key.value;
}

function lastKey(keys: readonly Key[]): Key {
  const last = keys.at(-1);
  if (last === undefined) {
    throw new Error("a TOML key has at least one part");
  }
  return last;
}

function openTable(span: Span): OpenTable {
  return { kind: "table", entries: new Map(), span };
}

function checkDepth(depth: number, at: AST.TOMLNode): void {
  if (depth > deepestNesting) {
    throw new TooDeep(spanOf(at));
  }
}

function spanOf({ loc }: AST.TOMLNode): Span {
  return {
    start: { line: loc.start.line, character: loc.start.column },
    end: { line: loc.end.line, character: loc.end.column },
  };
}

function describeFailure(file: SourceFile, cause: unknown): Diagnostic {
  if (cause instanceof TooDeep) {
    return nestingError(file, cause.span);
  }
  // The parser recurses into values, so only nesting can overflow the stack.
  return cause instanceof RangeError ? nestingError(file) : syntaxError(file, cause);
}

function syntaxError(file: SourceFile, cause: unknown): Diagnostic {
  const base = { rule: "toml-syntax", severity: "error", file } as const;
  if (!(cause instanceof ParseError)) {
    return {
      ...base,
      message: `cannot be read as TOML: ${quote(String(cause))}`,
      span: firstLine(file.text),
    };
  }
  const position = { line: cause.lineNumber, character: cause.column };
  return {
    ...base,
    message: `not valid TOML: ${lowerFirst(cause.message)}`,
    span: { start: position, end: position },
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
