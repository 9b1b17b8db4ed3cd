import type { SourceFile, Span } from "../text/source-file.ts";

/** A comment of the form `# name=value`. */
export interface Directive {
  /** The name in lower case. */
  readonly name: string;
  readonly value: string;
  /** The place of the value. */
  readonly span: Span;
}

// The blanks that may stand around each part are the parts' own, so that a long line takes linear time.
const pattern = /^(\uFEFF?\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*)(\S.*)$/;

/** The directives among the comments above the first key of a spec; blank lines may stand between. */
export function headDirectives({ text }: SourceFile): readonly Directive[] {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => !/^\uFEFF?[ \t]*(?:#|$)/.test(line));
  return lines.slice(0, end === -1 ? lines.length : end).flatMap((line, index) => {
    const [, before = "", name = "", written = ""] = pattern.exec(line) ?? [];
    const value = written.trimEnd();
    const start = { line: index + 1, character: before.length };
    return value === ""
      ? []
      : [
          {
            name: name.toLowerCase(),
            value,
            span: { start, end: { line: index + 1, character: before.length + value.length } },
          },
        ];
  });
}
