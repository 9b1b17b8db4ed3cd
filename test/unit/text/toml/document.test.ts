import { describe, expect, it } from "vitest";
import { type Node, parseDocument } from "../../../../src/text/toml/document.ts";
import { locator } from "../../../../src/text/toml/locator.ts";
import { isTable, parseTable, type TomlValue } from "../../../../src/text/toml/parse-table.ts";

function parse(text: string) {
  return parseDocument({ name: "x.toml", text });
}

/** The values alone, as `parseTable` gives them; dates as their text. */
function plain(node: Node): unknown {
  switch (node.kind) {
    case "table":
      return Object.fromEntries([...node.entries].map(([name, entry]) => [name, plain(entry.value)]));
    case "list":
      return node.items.map(plain);
    default:
      return node.value;
  }
}

function withoutPrototype(value: TomlValue): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutPrototype);
  }
  return isTable(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutPrototype(inner)]))
    : value;
}

describe("a document", () => {
  it.each([
    "a = 1\nb = 'x'\nc = 1.5\nd = true\ne = [1, [2, 'y']]\nf = { g = 1, h.i = 2 }",
    "[a]\nb.c = 1\nb.d = 2\n[a.e]\nf = 1\n[g]\n",
    "[[a]]\nb = 1\n[a.c]\nd = 1\n[[a]]\nb = 2\n[[a.e]]\nf = 1\n[[a.e]]",
    "[a.b.c]\nx = 1\n[a]\ny = 2\n[a.b]\nz = 3",
    "a.b = 1\na.c = 2\n'quoted key' = 1\n\"__proto__\" = { x = 1 }",
    'a = """\nx\n  y"""\nb = 9007199254740993\nc = 0xff\nd = 1_000',
  ])("%j has the same values as a table", (text) => {
    const { value } = parse(text);
    const table = parseTable({ name: "x.toml", text }).value;
    expect(value && plain(value)).toEqual(table && withoutPrototype(table));
    expect(value).toBeDefined();
  });
});

describe("a locator", () => {
  const text = `top = 1
[deps]
Example = "x"
[[list]]
name = "first"
[[list]]
name = "second"
`;
  const locate = locator({ name: "x.toml", text });

  it.each([
    [["top"], "1:0-1:7"],
    [["deps"], "2:1-2:5"],
    [["deps", "Example"], "3:0-3:13"],
    [["deps", "Missing"], "2:1-2:5"],
    [["list", 1], "6:2-6:6"],
    [["list", 1, "name"], "7:0-7:15"],
    [["nothing", "at", 1], "1:0-1:7"],
  ])("finds %j at %s", (path, expected) => {
    const span = locate(path);
    expect(span && `${span.start.line}:${span.start.character}-${span.end.line}:${span.end.character}`).toBe(
      expected,
    );
  });

  it("finds nothing in what is no TOML, or too long", () => {
    expect(locator({ name: "x", text: "a = " })(["a"])).toBeUndefined();
    expect(locator({ name: "x", text: `a = 1 #${"x".repeat(3_000_000)}` })(["a"])).toBeUndefined();
  });
});
