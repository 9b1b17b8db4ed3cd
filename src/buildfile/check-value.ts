import { didYouMeanText } from "../text/did-you-mean.ts";
import { listed, quote } from "../text/quote.ts";
import type { RuleName } from "../text/rules.ts";
import type { Span } from "../text/source-file.ts";
import type { Node, ScalarNode } from "../text/toml/document.ts";
import type { Format } from "./formats.ts";
import type { KeyDefault, KeyType, Member } from "./key.ts";
import { hasSubstitution, substitute } from "./substitute.ts";

export interface Problem {
  readonly rule: RuleName;
  readonly message: string;
  readonly suggestion?: string;
  readonly span: Span;
}

export interface CheckedValue {
  /** Absent if there are problems. */
  readonly value?: KeyDefault;
  readonly problems: readonly Problem[];
  readonly usedArgs: ReadonlySet<string>;
}

/**
 * Checks one value against the type and format of its key, after substitution of arguments.
 *
 * @param args `undefined` where nothing is substituted
 */
export function checkValue(
  key: Member,
  node: Node,
  args: ReadonlyMap<string, string> | undefined,
): CheckedValue {
  const { type } = key;
  switch (type.kind) {
    case "string":
      return type.integers === true && node.kind === "integer"
        ? checkFormat(String(node.value), node, key, type.format)
        : checkString(node, key, args, (text) => checkFormat(text, node, key, type.format));
    case "choice":
      return checkString(node, key, args, (text) => checkChoice(text, node, key, type.choices));
    case "list":
      return checkList(node, key, type, args);
    case "integer":
      return checkInteger(node, key, type, args);
    case "boolean":
      return checkBoolean(node, key, args);
    default:
      return failed(wrongType(node, key));
  }
}

function checkString(
  node: Node,
  key: Member,
  args: ReadonlyMap<string, string> | undefined,
  check: (text: string) => CheckedValue,
): CheckedValue {
  if (node.kind !== "string") {
    return failed(wrongType(node, key));
  }
  const written = String(node.value);
  if (args === undefined || !hasSubstitution(written)) {
    return check(written);
  }
  const { text, used, problems } = substitute(written, args);
  const spread = problems.map((problem) => ({ ...problem, span: node.span }));
  return spread.length > 0 ? { problems: spread, usedArgs: used } : { ...check(text), usedArgs: used };
}

function checkFormat(text: string, node: Node, key: Member, format: Format): CheckedValue {
  const problem = format.problem?.(text);
  if (problem === undefined && format.pattern.test(text)) {
    return succeeded(format.normalize?.(text) ?? text);
  }
  return failed({
    rule: "invalid-value",
    message: `${quote(text)} cannot be the value of ${quote(key.path)}`,
    suggestion: problem ?? `it must be ${format.what}`,
    span: node.span,
  });
}

function checkChoice(text: string, node: Node, key: Member, choices: readonly string[]): CheckedValue {
  if (choices.includes(text)) {
    return succeeded(text);
  }
  return failed({
    rule: "invalid-value",
    message: `${quote(text)} cannot be the value of ${quote(key.path)}`,
    suggestion:
      didYouMeanText(text, choices) ??
      `write ${listed(
        choices.map((choice) => `"${choice}"`),
        "or",
      )}`,
    span: node.span,
  });
}

function checkList(
  node: Node,
  key: Member,
  { item, notEmpty = false }: Extract<KeyType, { kind: "list" }>,
  args: ReadonlyMap<string, string> | undefined,
): CheckedValue {
  if (node.kind !== "list") {
    return failed(wrongType(node, key));
  }
  if (notEmpty && node.items.length === 0) {
    const suggestion = howToWrite(node, key);
    return failed({
      rule: "invalid-value",
      message: `${quote(key.path)} is empty`,
      suggestion,
      span: node.span,
    });
  }
  const itemType: KeyType = { kind: "string", format: item };
  const checked = node.items.map((inner, index) =>
    checkValue({ ...key, path: `${key.path}[${index}]`, type: itemType }, inner, args),
  );
  const texts = checked.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  return {
    value: texts,
    problems: checked.flatMap(({ problems }) => problems),
    usedArgs: new Set(checked.flatMap(({ usedArgs }) => [...usedArgs])),
  };
}

function checkInteger(
  node: Node,
  key: Member,
  { minimum, maximum }: Extract<KeyType, { kind: "integer" }>,
  args: ReadonlyMap<string, string> | undefined,
): CheckedValue {
  if (isSubstituted(node, args)) {
    return checkString(node, key, args, (text) =>
      /^[+-]?\d{1,15}$/.test(text) ? inRange(Number(text)) : failed(notTyped(text, node, key)),
    );
  }
  return node.kind === "integer" ? inRange(Number(node.value)) : failed(wrongType(node, key));

  function inRange(number: number): CheckedValue {
    if (number >= minimum && number <= maximum) {
      return succeeded(number);
    }
    const message = `${number} cannot be the value of ${quote(key.path)}`;
    const suggestion = `write a number from ${minimum} to ${maximum}`;
    return failed({ rule: "invalid-value", message, suggestion, span: node.span });
  }
}

function checkBoolean(node: Node, key: Member, args: ReadonlyMap<string, string> | undefined): CheckedValue {
  if (isSubstituted(node, args)) {
    return checkString(node, key, args, (text) =>
      text === "true" || text === "false" ? succeeded(text === "true") : failed(notTyped(text, node, key)),
    );
  }
  return node.kind === "boolean" ? succeeded(node.value === true) : failed(wrongType(node, key));
}

/** Only a string with an argument in it may stand for a number or a boolean; plain ones are written without quotes. */
function isSubstituted(node: Node, args: ReadonlyMap<string, string> | undefined): boolean {
  return node.kind === "string" && args !== undefined && hasSubstitution(String(node.value));
}

function notTyped(text: string, node: Node, key: Member): Problem {
  return {
    rule: "wrong-type",
    message: `${quote(text)}, after substitution, is not ${typeName(key.type)}`,
    span: node.span,
  };
}

function wrongType(node: Node, key: Member): Problem {
  const message = `${quote(key.path)} must be ${typeName(key.type)}, not ${nodeName(node)}`;
  return { rule: "wrong-type", message, suggestion: howToWrite(node, key), span: node.span };
}

/** What to write instead: the person's own value where it can be kept, else the key's example. */
function howToWrite(node: Node, key: Member): string {
  const { kind } = key.type;
  if (kind === "string" && isPlainScalar(node)) {
    return `write it in quotes: \`"${node.text}"\``;
  }
  if (kind === "string" && node.kind === "table") {
    return "if the name has dots in it, write the name in quotes";
  }
  if (kind === "list" && node.kind === "string") {
    return `write it as a list: \`[${quote(node.text).slice(1, -1)}]\``;
  }
  if (
    (kind === "integer" || kind === "boolean") &&
    node.kind === "string" &&
    isLiteralOf(kind, String(node.value))
  ) {
    return `write it without quotes: \`${node.value}\``;
  }
  return `as in \`${key.example.split("\n").at(-1)}\``;
}

function isPlainScalar(node: Node): node is ScalarNode {
  return node.kind !== "table" && node.kind !== "list" && node.kind !== "string";
}

function isLiteralOf(kind: "integer" | "boolean", text: string): boolean {
  return kind === "integer" ? /^\d{1,15}$/.test(text) : text === "true" || text === "false";
}

function typeName(type: KeyType): string {
  switch (type.kind) {
    case "integer":
      return "a whole number";
    case "boolean":
      return "`true` or `false`";
    case "list":
      return "a list of strings";
    case "map":
    case "record":
      return "a table";
    case "records":
      return type.name === undefined ? "a list of tables" : "a table";
    default:
      return "a string";
  }
}

function nodeName(node: Node): string {
  const names = {
    string: "a string",
    integer: "a number",
    float: "a decimal number",
    boolean: "a boolean",
    datetime: "a date or time",
    list: "a list",
    table: "a table",
  };
  return names[node.kind];
}

const noArgs: ReadonlySet<string> = new Set();

function succeeded(value: KeyDefault): CheckedValue {
  return { value, problems: [], usedArgs: noArgs };
}

function failed(problem: Problem): CheckedValue {
  return { problems: [problem], usedArgs: noArgs };
}
