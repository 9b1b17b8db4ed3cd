import type { RuleName, Severity } from "./rules.ts";
import { comparePositions, type SourceFile, type Span } from "./source-file.ts";

/** One thing that is wrong, or doubtful, in a file that a person wrote. */
export interface Diagnostic {
  readonly rule: RuleName;
  readonly severity: Severity;
  /** What is wrong, in plain words: a sentence without capital and full stop. */
  readonly message: string;
  /** What to do instead, in the same form. */
  readonly suggestion?: string;
  readonly file: SourceFile;
  /** Absent if the cause is not in the file, as for an unknown `--build-arg`. */
  readonly span?: Span;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** Orders by file (as first mentioned), then by place; those without a place come last within their file. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const files = [...new Set(diagnostics.map((diagnostic) => diagnostic.file.name))];
  return diagnostics.toSorted((left, right) => {
    const byFile = files.indexOf(left.file.name) - files.indexOf(right.file.name);
    return byFile || compareSpans(left.span, right.span);
  });
}

/** Nobody reads more, and each costs a round trip when it is sent as a warning. */
const mostDiagnostics = 100;

/**
 * Sorts, and cuts off what is too much with a note saying so. Errors are kept before warnings, so that what is cut off
 * is never the reason for a failure.
 */
export function limitDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = sortDiagnostics(diagnostics);
  if (sorted.length <= mostDiagnostics) {
    return sorted;
  }
  const errors = sorted.filter((diagnostic) => diagnostic.severity === "error");
  const kept = (errors.length > 0 ? errors : sorted).slice(0, mostDiagnostics);
  const message = `${sorted.length - kept.length} more problems are not shown`;
  return kept.flatMap((diagnostic, index) =>
    index < kept.length - 1
      ? [diagnostic]
      : [diagnostic, { rule: "more-problems", severity: "warning", message, file: diagnostic.file }],
  );
}

function compareSpans(left: Span | undefined, right: Span | undefined): number {
  if (left === undefined || right === undefined) {
    return Number(left === undefined) - Number(right === undefined);
  }
  return comparePositions(left.start, right.start) || comparePositions(left.end, right.end);
}
