import type { Key, KeyDefault, KeyType, Member } from "../../src/buildfile/key.ts";
import { keyAnchor } from "../../src/text/product.ts";
import { quote } from "../../src/text/quote.ts";

/** docs/reference.md: every key of the spec, from the table of keys. */
export function referencePage(keys: readonly Key[]): string {
  return `${[
    "<!-- Written by `npm run generate` from src/buildfile/keys.ts. -->",
    "# The spec: reference",
    "A spec is a file of [TOML 1.0](https://toml.io/en/v1.0.0), encoded in UTF-8 and no larger than 128 KiB. Its first line names the frontend image that reads it.",
    '```toml\n# syntax=registry.example.com/julia:1\njulia = "1.12"\n```',
    "In every string but those of `[args]`, `${NAME}` stands for the build argument of that name, `${NAME:-text}` for the argument or, where it is empty, for the text, and `$$` for a dollar sign. Where a key is a number, `true` or `false`, or one of several words, a string with an argument in it may take its place: what it becomes is checked.",
    "A key that is not listed here is an error.",
    overview(keys),
    ...keys.map(section),
  ].join("\n\n")}\n`;
}

function overview(keys: readonly Key[]): string {
  const rows = keys.map((key) => [
    `[\`${key.path}\`](#${keyAnchor(key.path)})`,
    typeName(key.type),
    defaultText(key),
    key.dockerfile === undefined ? "" : code(key.dockerfile),
  ]);
  const lines = [["Key", "Type", "Default", "In a Dockerfile"], ["---", "---", "---", "---"], ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

function section(key: Key): string {
  const facts = [
    `- Type: ${typeName(key.type)}${whatIsAllowed(key.type)}`,
    ...(key.default === undefined ? [] : [`- Default: ${defaultText(key)}`]),
    ...(key.dockerfile === undefined ? [] : [`- In a Dockerfile: ${code(key.dockerfile)}`]),
    ...(key.juliaSince === undefined ? [] : [`- Since Julia ${key.juliaSince.join(".")}`]),
    ...(key.type.kind === "records" ? ["- Each has:", ...key.type.members.map(memberLine)] : []),
    ...(key.type.kind === "record" ? ["- It has:", ...key.type.members.map(memberLine)] : []),
  ];
  return [`## \`${key.path}\``, key.doc, facts.join("\n"), `\`\`\`toml\n${key.example}\n\`\`\``].join("\n\n");
}

function memberLine(member: Member): string {
  const { path, type, doc } = member;
  const value = member.default === undefined ? "" : ` Default: ${defaultText(member)}.`;
  return `  - \`${path}\`: ${doc}${value} Type: ${typeName(type)}${whatIsAllowed(type)}.`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function defaultText({ default: value }: Member): string {
  return value === undefined ? "" : code(tomlText(value));
}

function tomlText(value: KeyDefault): string {
  return JSON.stringify(value);
}

function typeName(type: KeyType): string {
  const names = {
    string: "string",
    choice: "string",
    integer: "integer",
    boolean: "boolean",
    list: "list of strings",
    map: "table of strings",
    record: "table",
    records: "tables",
    table: "table",
  };
  return names[type.kind];
}

function whatIsAllowed(type: KeyType): string {
  switch (type.kind) {
    case "string":
      return `: ${type.format.what}`;
    case "list":
      return `; each ${type.item.what}`;
    case "choice":
      return `: ${type.choices.map(quote).join(", ")}`;
    case "integer":
      return ` from ${type.minimum} to ${type.maximum}`;
    case "map":
      return `; a name is ${type.name.what}; a value is ${type.value.what}`;
    case "records":
      return `; one of ${type.anyOf.map(quote).join(", ")} is required`;
    case "record":
      return `; ${type.anyOf.map(quote).join(" or ")} is required`;
    default:
      return "";
  }
}
