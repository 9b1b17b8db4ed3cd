import { applyCheck } from "../diagnostics/check-settings.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { listed, quote } from "../diagnostics/quote.ts";
import { firstLine } from "../diagnostics/source-file.ts";
import type { ImageConfig } from "../plan/image-config.ts";
import type { Spec } from "../spec/spec.ts";

/** What can be said of a base image from its configuration. */
export function checkBase(spec: Spec, { config }: ImageConfig): readonly Diagnostic[] {
  const triggers = config?.OnBuild ?? [];
  if (triggers.length === 0) {
    return [];
  }
  const diagnostic: Diagnostic = {
    rule: "onbuild-base",
    severity: "error",
    message: `the base image has triggers that only a Dockerfile runs: ${listed(triggers.map(quote))}`,
    suggestion: "make an image of it with a Dockerfile of one line, `FROM`, and name that as `base`",
    file: spec.file,
    span: spec.spans.get("base") ?? spec.spans.get("julia") ?? firstLine(spec.file.text),
  };
  return applyCheck([diagnostic], spec.check);
}
