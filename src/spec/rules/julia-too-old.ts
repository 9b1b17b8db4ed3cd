import { quote } from "../../diagnostics/quote.ts";
import { isAtLeast } from "../julia-version.ts";
import type { SpecRule } from "./rule.ts";

/** The programs that run inside the build need 1.5. */
export const juliaTooOld: SpecRule = {
  name: "julia-too-old",
  check: ({ spec: { julia } }) =>
    julia === undefined || isAtLeast(julia.version, 1, 5)
      ? []
      : [
          {
            severity: "error",
            message: `Julia ${quote(julia.text)} is too old`,
            suggestion: "the oldest supported version is 1.5",
            at: "julia",
          },
        ],
};
