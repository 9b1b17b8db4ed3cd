import { describe, expect, it } from "vitest";
import { type Diagnostic, limitDiagnostics, sortDiagnostics } from "../../../src/text/diagnostic.ts";
import { printDiagnostic, printDiagnostics } from "../../../src/text/print.ts";
import { rulePage } from "../../../src/text/product.ts";
import type { Span } from "../../../src/text/source-file.ts";

const file = { name: "julia.toml", text: '# syntax=x\n[precompile]\n\tcpu-targte = "generic"\r\nlast' };

function span(line: number, character: number, length: number): Span {
  return { start: { line, character }, end: { line, character: character + length } };
}

function diagnostic(more: Partial<Diagnostic>): Diagnostic {
  return { rule: "unknown-key", severity: "error", message: "it is wrong", file, ...more };
}

describe("a printed diagnostic", () => {
  it("shows place, message, rule, excerpt, suggestion and page", () => {
    const printed = printDiagnostic(
      diagnostic({
        span: span(3, 1, 10),
        suggestion: "did you mean `cpu-target`?",
      }),
    );
    expect(printed).toBe(
      [
        "julia.toml:3:2: error: it is wrong (unknown-key)",
        '  3 | \tcpu-targte = "generic"',
        "    | \t^^^^^^^^^^",
        "  did you mean `cpu-target`?",
        `  see ${rulePage("unknown-key")}`,
      ].join("\n"),
    );
  });

  it("without a place has no excerpt", () => {
    expect(printDiagnostic(diagnostic({ severity: "warning" }))).toBe(
      `julia.toml: warning: it is wrong (unknown-key)\n  see ${rulePage("unknown-key")}`,
    );
  });

  it("marks at least one character, and the first line of several", () => {
    expect(printDiagnostic(diagnostic({ span: span(4, 4, 0) }))).toContain("4 | last\n    |     ^");
    const several = { start: { line: 2, character: 0 }, end: { line: 3, character: 4 } };
    expect(printDiagnostic(diagnostic({ span: several }))).toContain("2 | [precompile]\n    | ^^^^^^^^^^^^");
  });

  it("shows of a long line the part that is marked", () => {
    const text = `${"a".repeat(1000)}HERE${"b".repeat(1000)}`;
    const [, excerpt = "", mark = ""] = printDiagnostic(
      diagnostic({ file: { name: "x", text }, span: span(1, 1000, 4) }),
    ).split("\n");
    expect(excerpt.length).toBeLessThan(140);
    expect(excerpt.slice(mark.indexOf("^"), mark.lastIndexOf("^") + 1)).toBe("HERE");
  });

  it("cannot be used to write to the terminal", () => {
    const printed = printDiagnostic(
      diagnostic({
        message: "\u001b[2Jgone",
        file: { name: "a\u0007", text: "\u001b]0;title\u0007 \u202e" },
        span: span(1, 0, 1),
      }),
    );
    expect(printed.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(printed).toContain("gone");
  });
});

describe("the order of diagnostics", () => {
  const other = { name: "Project.toml", text: "" };
  const list = [
    diagnostic({ message: "b", span: span(2, 5, 1) }),
    diagnostic({ message: "no place" }),
    diagnostic({ message: "other", file: other, span: span(1, 0, 0) }),
    diagnostic({ message: "a", span: span(2, 1, 1) }),
    diagnostic({ message: "first", span: span(1, 9, 1) }),
  ];

  it("is that of the files, then of the text", () => {
    expect(sortDiagnostics(list).map(({ message }) => message)).toEqual([
      "first",
      "a",
      "b",
      "no place",
      "other",
    ]);
    expect(printDiagnostics(list).split("\n\n").length).toBe(5);
  });

  it("does not let warnings push out errors", () => {
    const warnings = Array.from({ length: 200 }, (_, line) =>
      diagnostic({ severity: "warning", span: span(line + 1, 0, 1) }),
    );
    const limited = limitDiagnostics([
      ...warnings,
      diagnostic({ message: "the error", span: span(300, 0, 1) }),
    ]);
    expect(limited.map(({ message }) => message)).toEqual(["the error", "200 more problems are not shown"]);
  });
});
