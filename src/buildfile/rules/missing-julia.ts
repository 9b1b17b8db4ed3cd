import type { SpecRule } from "./spec-rule.ts";

/** Something must say which Julia the image has. A wrong `julia` or `base` has been reported as such. */
export const missingJulia: SpecRule = {
  name: "missing-julia",
  check: ({ spec }) =>
    spec.spans.has("julia") || spec.spans.has("base")
      ? []
      : [
          {
            severity: "error",
            message: "the spec does not say which Julia to use",
            suggestion: 'write `julia = "1.12"`, or name an image of your own with `base`',
            at: "julia",
          },
        ],
};
