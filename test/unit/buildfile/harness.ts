import { expect } from "vitest";
import type { Diagnostic } from "../../../src/text/diagnostic.ts";
import type { SourceFile } from "../../../src/text/source-file.ts";

/** One line per diagnostic: `2:9 error wrong-type: message`, with `file:` in front unless it is julia.toml. */
export function summaries(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ file, span, severity, rule, message }) => {
    const name = file.name === "julia.toml" ? "" : `${file.name}:`;
    const place = span === undefined ? "-" : `${span.start.line}:${span.start.character + 1}`;
    return `${name}${place} ${severity} ${rule}: ${message}`;
  });
}

/** The text that a diagnostic marks, for spans within one line. */
export function marked({ file, span }: Diagnostic): string | undefined {
  if (span === undefined || span.start.line !== span.end.line) {
    return undefined;
  }
  return file.text.split(/\r?\n/)[span.start.line - 1]?.slice(span.start.character, span.end.character);
}

export function expectSpansInside(diagnostics: readonly Diagnostic[]): void {
  for (const { file, span } of diagnostics) {
    if (span !== undefined) {
      expect(isInside(file, span.start), `start ${JSON.stringify(span)}`).toBe(true);
      expect(isInside(file, span.end), `end ${JSON.stringify(span)}`).toBe(true);
      const isOrdered =
        span.start.line < span.end.line ||
        (span.start.line === span.end.line && span.start.character <= span.end.character);
      expect(isOrdered, JSON.stringify(span)).toBe(true);
    }
  }
}

function isInside(
  file: SourceFile,
  { line, character }: { readonly line: number; readonly character: number },
) {
  const text = file.text.split("\n")[line - 1];
  return text !== undefined && character >= 0 && character <= text.length;
}
