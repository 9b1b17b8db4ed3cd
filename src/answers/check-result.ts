import { errorMessage } from "../frontend/report.ts";
import { type Diagnostic, sortDiagnostics } from "../text/diagnostic.ts";
import { printDiagnostics } from "../text/print.ts";
import { rulePage } from "../text/product.ts";
import { printable } from "../text/quote.ts";
import { rules } from "../text/rules.ts";
import type { SourceFile } from "../text/source-file.ts";
import { locationJson } from "./location.ts";

/**
 * Findings in the form of BuildKit's `lint.LintResults` (frontend/subrequests/lint). It has room for one error only: all
 * errors stand in its message, and its places are those in the file of the first.
 */
export function lintJson(diagnostics: readonly Diagnostic[]) {
  const sorted = sortDiagnostics(diagnostics);
  const files = [...new Set(sorted.map(({ file }) => file))];
  const warnings = sorted.filter(({ severity }) => severity === "warning");
  const errors = sorted.filter(({ severity }) => severity === "error");
  return {
    warnings: warnings.map((warning) => warningJson(warning, files)),
    sources: files.map(({ name, text }) => ({
      filename: printable(name),
      data: Buffer.from(text).toString("base64"),
      language: "TOML",
    })),
    ...(errors.length === 0 ? {} : { buildError: errorJson(errors, files) }),
  };
}

/** Findings for people, and at the end how many there are. */
export function lintText(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) {
    return "Check complete, nothing was found.\n";
  }
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const counts = [count(errors, "error"), count(diagnostics.length - errors, "warning")];
  const summary = `Check complete, ${counts.filter((text) => text !== "").join(" and ")} found.`;
  return `${printDiagnostics(diagnostics)}\n\n${summary}\n`;
}

function warningJson(
  { rule, message, suggestion, file, span }: Diagnostic,
  files: readonly SourceFile[],
): object {
  return {
    ruleName: rule,
    description: rules.get(rule)?.summary,
    url: rulePage(rule),
    detail: printable(suggestion === undefined ? message : `${message}; ${suggestion}`),
    // Clients print no lines for a source of -1.
    location: span === undefined ? { sourceIndex: -1 } : locationJson([span], files.indexOf(file)),
  };
}

function errorJson(errors: readonly Diagnostic[], files: readonly SourceFile[]): object {
  const placed = errors.filter(({ span }) => span !== undefined);
  const file = placed[0]?.file;
  const spans = placed.flatMap((error) => (error.file === file && error.span ? [error.span] : []));
  return {
    message: errorMessage(errors),
    location: locationJson(spans, file === undefined ? 0 : files.indexOf(file)),
  };
}

function count(number: number, noun: string): string {
  return number === 0 ? "" : number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}
