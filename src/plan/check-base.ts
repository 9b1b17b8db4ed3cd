import { keysTooNew, tooNewMessage } from "../buildfile/keys-too-new.ts";
import type { Spec } from "../buildfile/spec.ts";
import { applyCheck } from "../text/check-settings.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { listed, quote } from "../text/quote.ts";
import { firstLine } from "../text/source-file.ts";
import { spanOf } from "./decisions.ts";
import type { ImageConfig } from "./image-config.ts";
import { imageJulia, juliaName } from "./image-julia.ts";

/** What can be said of a base image from its configuration. */
export function checkBase(spec: Spec, base: ImageConfig): readonly Diagnostic[] {
  return applyCheck([...triggers(spec, base, "base", "julia"), ...keysWithoutEffect(spec, base)], spec.check);
}

/** The same of what the image is made of instead. */
export function checkSmallBase(spec: Spec, base: ImageConfig): readonly Diagnostic[] {
  return applyCheck(triggers(spec, base, "image.base"), spec.check);
}

function triggers(spec: Spec, { config }: ImageConfig, ...keys: readonly string[]): readonly Diagnostic[] {
  const found = config?.OnBuild ?? [];
  return found.length === 0
    ? []
    : [
        {
          rule: "onbuild-base",
          severity: "error",
          message: `the base image has triggers that only a Dockerfile runs: ${listed(found.map(quote))}`,
          suggestion: "make an image of it with a Dockerfile of one line, `FROM`, and name that as `base`",
          file: spec.file,
          span: spanOf(spec, ...keys) ?? firstLine(spec.file.text),
        },
      ];
}

/** The same as the rule of the spec, for a spec that leaves it to the base image which Julia it is. */
function keysWithoutEffect(spec: Spec, base: ImageConfig): readonly Diagnostic[] {
  const julia = spec.julia === undefined ? imageJulia(spec, base) : undefined;
  return julia === undefined
    ? []
    : keysTooNew((path) => spec.spans.has(path), julia).map((key) => ({
        rule: "key-needs-newer-julia",
        ...tooNewMessage(key, juliaName(spec, base)),
        file: spec.file,
        span: spec.spans.get(key.path) ?? firstLine(spec.file.text),
      }));
}
