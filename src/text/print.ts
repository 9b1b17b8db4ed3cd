import { type Diagnostic, sortDiagnostics } from "./diagnostic.ts";
import { rulePage } from "./product.ts";
import { printable } from "./quote.ts";
import type { SourceFile, Span } from "./source-file.ts";

const widestExcerpt = 120;

/** All diagnostics in file order, one block each, for a terminal or an error message. No colours. */
export function printDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return sortDiagnostics(diagnostics).map(printDiagnostic).join("\n\n");
}

/**
 * One diagnostic:
 *
 * ```text
 * julia.toml:3:1: error: unknown key `cpu-targte` in [precompile] (unknown-key)
 *   3 | cpu-targte = "generic"
 *     | ^^^^^^^^^^
 *   did you mean `cpu-target`?
 *   see https://…/unknown-key.md
 * ```
 *
 * Lines and columns count from 1, as editors and compilers do.
 */
export function printDiagnostic(diagnostic: Diagnostic): string {
  const lines = [
    `${printHeadline(diagnostic)} (${diagnostic.rule})`,
    ...(diagnostic.span === undefined ? [] : printExcerpt(diagnostic.file, diagnostic.span)),
    ...(diagnostic.suggestion === undefined ? [] : [`  ${printable(diagnostic.suggestion)}`]),
    `  see ${rulePage(diagnostic.rule)}`,
  ];
  return lines.join("\n");
}

/** `file:line:column: severity: message`, without rule name and excerpt. */
export function printHeadline({ file, span, severity, message }: Diagnostic): string {
  const place = span === undefined ? "" : `:${span.start.line}:${span.start.character + 1}`;
  return `${printable(file.name)}${place}: ${severity}: ${printable(message)}`;
}

function printExcerpt(file: SourceFile, span: Span): readonly string[] {
  const line = file.text.split(/\r?\n/)[span.start.line - 1] ?? "";
  const lastCharacter = span.end.line === span.start.line ? span.end.character : line.length;
  const offset = excerptOffset(line, span.start.character);
  const shown = line.slice(offset, offset + widestExcerpt);
  const indent = shown.slice(0, span.start.character - offset).replace(/[^\t]/g, " ");
  const width = Math.max(1, Math.min(lastCharacter, offset + shown.length) - span.start.character);
  const number = String(span.start.line);
  return [
    `  ${number} | ${printable(shown)}`,
    `  ${" ".repeat(number.length)} | ${indent}${"^".repeat(width)}`,
  ];
}

/** Where a long line's excerpt begins, so that the marked text is in it. */
function excerptOffset(line: string, character: number): number {
  return line.length <= widestExcerpt || character < widestExcerpt / 2 ? 0 : character - widestExcerpt / 2;
}
