import type { SourceFile, Span } from "../diagnostics/source-file.ts";
import type { SourceLocation } from "../llb/index.ts";

/** The place in the spec that asked for a step, as BuildKit shows it when the step fails. */
export function locate(file: SourceFile, span: Span | undefined): readonly SourceLocation[] {
  if (span === undefined) {
    return [];
  }
  const data = new TextEncoder().encode(file.text);
  return [{ file: { filename: file.name, data, language: "TOML" }, ranges: [span] }];
}
