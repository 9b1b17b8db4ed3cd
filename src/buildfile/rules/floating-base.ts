import { parseImageReference } from "../../buildkit/image-reference.ts";
import { quote } from "../../text/quote.ts";
import type { SpecRule } from "./spec-rule.ts";

export const floatingBase: SpecRule = {
  name: "floating-base",
  check: ({ spec, isGiven }) => {
    const reference = isGiven("base") ? parseImageReference(spec.base) : undefined;
    return reference === undefined || reference.digest !== undefined || reference.tag !== "latest"
      ? []
      : [
          {
            severity: "warning",
            message: `${quote(spec.base)} is another image with every release of Julia`,
            suggestion: "name a version as the tag, or pin the image by its digest",
            at: "base",
          },
        ];
  },
};
