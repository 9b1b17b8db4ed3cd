import type { Spec } from "../buildfile/spec.ts";
import { applyCheck } from "../text/check-settings.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { listed, quote } from "../text/quote.ts";
import { firstLine } from "../text/source-file.ts";
import type { ImageConfig } from "./image-config.ts";

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
