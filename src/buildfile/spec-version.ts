import { parseImageReference } from "../buildkit/image-reference.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { specVersion } from "../text/product.ts";
import { quote } from "../text/quote.ts";
import type { SourceFile } from "../text/source-file.ts";
import { headDirectives } from "./head-comments.ts";

/** Tags that are dates or numbers of builds are no versions. */
const largestVersion = 99;

/**
 * The tag in the syntax line says for which version of the spec language it was written. Another frontend than that may
 * read it: `BUILDKIT_SYNTAX` overrides the line, and the image can be run by hand.
 */
export function checkSpecVersion(file: SourceFile): readonly Diagnostic[] {
  const syntax = headDirectives(file).find(({ name }) => name === "syntax");
  const [reference = ""] = syntax?.value.split(/\s/, 1) ?? [];
  const tag = parseImageReference(reference)?.tag ?? "";
  const written = Number(/^v?(\d{1,2})(?:\.\d+)*(?:-\w+)?$/.exec(tag)?.[1] ?? 0);
  if (syntax === undefined || written <= specVersion || written > largestVersion) {
    return [];
  }
  return [
    {
      rule: "spec-too-new",
      severity: "error",
      message: `the spec is written for version ${written} of ${quote(reference.replace(/:[^:]*$/, ""))}, but version ${specVersion} reads it`,
      suggestion: "build without BUILDKIT_SYNTAX, or use the frontend image that the line names",
      file,
      span: syntax.span,
    },
  ];
}
