import type { SourceLocation } from "../buildkit/llb/index.ts";
import type { SourceFile, Span } from "../text/source-file.ts";

/** A place in a file, in the form of BuildKit's source maps. None without a span. */
export function locate(file: SourceFile, span: Span | undefined): readonly SourceLocation[] {
  if (span === undefined) {
    return [];
  }
  const data = new TextEncoder().encode(file.text);
  return [{ file: { filename: file.name, data, language: "TOML" }, ranges: [span] }];
}
