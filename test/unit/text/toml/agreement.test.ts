import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Node, parseDocument } from "../../../../src/text/toml/document.ts";
import { isTable, parseTable, type TomlValue } from "../../../../src/text/toml/parse-table.ts";

/** The values of a text as one of the two parsers has them, in one form for both; undefined if it refuses the text. */
function byDocument(text: string): unknown {
  const { value } = parseDocument({ name: "x.toml", text });
  return value && ofNode(value);
}

function byTable(text: string): unknown {
  const { value } = parseTable({ name: "x.toml", text });
  return value && ofValue(value);
}

function ofNode(node: Node): unknown {
  if (node.kind === "table") {
    return Object.fromEntries([...node.entries].map(([name, entry]) => [name, ofNode(entry.value)]));
  }
  if (node.kind === "list") {
    return node.items.map(ofNode);
  }
  return node.kind === "datetime" ? "a date or time" : node.value;
}

function ofValue(value: TomlValue): unknown {
  if (Array.isArray(value)) {
    return value.map(ofValue);
  }
  if (isTable(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, ofValue(inner)]));
  }
  return typeof value === "object" ? "a date or time" : value;
}

const bareKey = fc.constantFrom("a", "b", "c", "deps", "1", "-", "x-y_z", "__proto__");
const name = fc.oneof(
  { weight: 4, arbitrary: bareKey },
  fc.constantFrom('"q"', "'l'", '""', '"é\\n"', '"a"'),
);
const path = fc.array(name, { maxLength: 2 }).map((parts) => parts.join("."));
/** A header has no table of a dotted key among its parts: whether such a key may add to a table is where parsers differ. */
const header = fc.tuple(name, path).map(([first, rest]) => (rest === "" ? first : `${first}.${rest}`));
const key = fc.oneof(
  name,
  fc
    .tuple(fc.constantFrom("dotted", "d"), name, path)
    .map((parts) => parts.filter((part) => part !== "").join(".")),
);

const scalar = fc.constantFrom(
  ...["0", "-1", "+9_000", "9223372036854775807", "-9223372036854775808", "0xFf", "0o17", "0b1"],
  ...["1.5", "-0.0", "1e6", "6.26e-3", "inf", "-inf", "nan", "true", "false"],
  ...[
    '""',
    '"x\\t\\u00e9\\U0001F600\\\\"',
    "''",
    "'C:\\x'",
    '"""\nx\n  y"""',
    '"""a\\\n   b"""',
    "'''\nx'y'''",
  ],
  ...["1979-05-27", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00.5-07:00", "07:32:00", "1979-05-27T07:32:00"],
);

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 4, arbitrary: scalar },
    fc
      .tuple(fc.array(tie("value"), { maxLength: 3 }), fc.constantFrom("", ",", " # c\n"))
      .map(([items, end]) => (items.length === 0 ? "[]" : `[ ${items.join(", ")}${end}\n]`)),
    fc
      .array(fc.tuple(key, tie("value")), { maxLength: 3 })
      .map((entries) => `{ ${entries.map(([left, right]) => `${left} = ${right}`).join(", ")} }`),
  ),
}));

const line = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(key, value).map(([left, right]) => `${left} = ${right}`) },
  header.map((name) => `[${name}]`),
  header.map((name) => `[[${name}]]`),
  fc.constantFrom("", "# a comment", "  \t"),
);

const document = fc.array(line, { maxLength: 8 }).map((lines) => lines.join("\n"));

/**
 * Where the two are known to differ, none of which Pkg writes: the fast one takes times without seconds and a comma at the end of
 * an inline table, as TOML 1.1 does, and some dates that are none; the other lets a dotted key add to a table that a header made; a line end in a string stays as it is with one and becomes a
 * line feed with the other; a lone carriage return ends a line for the one with positions.
 */
describe("the parser with positions and the fast one", () => {
  it("read the same values of every text that is TOML", () => {
    fc.assert(
      fc.property(document, fc.constantFrom("\n", "\r\n"), (text, lineEnd) => {
        const values = byTable(text);
        expect(byDocument(text)).toEqual(values);
        if (!/"""|'''/.test(text)) {
          const other = text.replaceAll("\n", lineEnd);
          expect([byDocument(other), byTable(other)]).toEqual([values, values]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("read the same values of a broken text, if both read it", () => {
    const scrap = fc.constantFrom("\u0000", "=", "[", "]", "'''", "\\", "#", ".", "_", "\u007f", "é", ",");
    const broken = fc
      .tuple(document, fc.nat(), fc.option(scrap), fc.nat(3))
      .map(([text, at, inserted, removed]) => {
        const index = text.length === 0 ? 0 : at % text.length;
        return text.slice(0, index) + (inserted ?? "") + text.slice(index + removed);
      });
    fc.assert(
      fc.property(broken, (text) => {
        const [values, others] = [byDocument(text), byTable(text)];
        if (values !== undefined && others !== undefined) expect(values).toEqual(others);
      }),
      { numRuns: 5000, seed: 1 },
    );
  });
});
