import { isAtLeast } from "../../julia/julia-version.ts";
import { quote } from "../../text/quote.ts";
import { keys } from "../keys.ts";
import type { SpecRule } from "./spec-rule.ts";

/** A key that Pkg does not know yet would have no effect, and nobody would notice. */
export const keyNeedsNewerJulia: SpecRule = {
  name: "key-needs-newer-julia",
  check: ({ spec: { julia }, isGiven }) =>
    keys.flatMap(({ path, juliaSince }) =>
      juliaSince === undefined ||
      julia === undefined ||
      !isGiven(path) ||
      isAtLeast(julia.version, ...juliaSince)
        ? []
        : [
            {
              severity: "error",
              message: `${quote(path)} has no effect in Julia ${quote(julia.text)}`,
              suggestion: `leave it out, or use Julia ${juliaSince.join(".")} or newer`,
              at: path,
            },
          ],
    ),
};
