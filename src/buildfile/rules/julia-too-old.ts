import { isAtLeast, type JuliaVersion } from "../../julia/julia-version.ts";
import { quote } from "../../text/quote.ts";
import type { SpecRule } from "./spec-rule.ts";

/**
 * Versions that the build was never run with are refused. Julia 1.5 is Debian's, with which everything can be tried where there
 * is no other; src/julia/lib/version.jl says the same of a base image whose version is not known before.
 */
export const juliaTooOld: SpecRule = {
  name: "julia-too-old",
  check: ({ spec: { julia } }) =>
    julia === undefined || isSupported(julia.version)
      ? []
      : [
          {
            severity: "error",
            message: `Julia ${quote(julia.text)} is too old`,
            suggestion: "use 1.10, the long-term support release, or a newer one",
            at: "julia",
          },
        ],
};

function isSupported(version: JuliaVersion): boolean {
  return isAtLeast(version, 1, 10) || (isAtLeast(version, 1, 5) && !isAtLeast(version, 1, 6));
}
