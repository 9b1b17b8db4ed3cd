import { describe, expect, it } from "vitest";
import { juliaStatements, stringsIn } from "../../../../src/cli/migrate/julia-statements.ts";

const texts = (code: string) => juliaStatements(code).map(({ text }) => text);

describe("statements of a Julia program", () => {
  it("are cut at line ends and semicolons", () => {
    expect(texts('using Pkg; Pkg.add("a;b")\n# no; comment\nx = [1;\n2] #= a; b =#; f(x)')).toEqual([
      "using Pkg",
      'Pkg.add("a;b")',
      "x = [1;\n2]",
      "f(x)",
    ]);
  });

  it("keep a block together", () => {
    expect(texts("for p in (1, 2)\n  Pkg.add(p); g()\nend; h()")).toEqual([
      "for p in (1, 2)\n  Pkg.add(p); g()\nend",
      "h()",
    ]);
  });

  it.each([
    ["using A, B.C", { kind: "using", packages: ["A", "B.C"] }],
    ["import A: f, g", { kind: "using", packages: ["A"] }],
    ['Pkg.Registry.add("x")', { kind: "call", name: "Pkg.Registry.add", argumentText: '"x"' }],
    ['Pkg.add.(["A", "B"])', { kind: "call", name: "Pkg.add", argumentText: '["A", "B"]' }],
    ["t = f(1)", { kind: "call", name: "f", argumentText: "1" }],
    ['pkg"add A B@1"', { kind: "call", name: "Pkg.add", argumentText: '"A","B@1"' }],
    ['ENV["A"] = "b"', { kind: "variable", name: "A", value: "b" }],
    ["a == f(1)", { kind: "other" }],
  ])("tells what %j is", (code, expected) => {
    expect(juliaStatements(code)).toMatchObject([expected]);
  });

  it("end where the text does, whatever is open", () => {
    expect(texts('f("a')).toEqual(['f("a']);
    expect(texts("end) ; g()")).toEqual(["end)", "g()"]);
  });
});

it("the strings of a call have the keyword that they are given to", () => {
  expect(stringsIn('"a", PackageSpec(name = "b", url="c\\"d"); e=["f"]')).toEqual([
    { text: "a" },
    { keyword: "name", text: "b" },
    { keyword: "url", text: 'c\\"d' },
    { keyword: "e", text: "f" },
  ]);
});
