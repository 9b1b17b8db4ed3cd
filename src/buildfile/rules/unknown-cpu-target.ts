import { isAtLeast } from "../../julia/julia-version.ts";
import { quote } from "../../text/quote.ts";
import type { SpecRule } from "./spec-rule.ts";

/** Names that LLVM knows and Julia up to 1.13 does not, each with one that stands for the same and that it knows. */
const knownAs: ReadonlyMap<string, string> = new Map([
  ["x86-64-v2", "nehalem"],
  ["x86-64-v3", "haswell"],
  ["x86-64-v4", "skylake-avx512"],
  ["neoverse-512tvb", "neoverse-v1"],
]);

/**
 * Julia believes that an unknown processor needs no features (`arg_target_data` in src/processor_x86.cpp): what is compiled for
 * it is never chosen on x86, and on ARM also where it cannot run (`match_sysimg_targets` in src/processor.cpp).
 */
export const unknownCpuTarget: SpecRule = {
  name: "unknown-cpu-target",
  check: ({ spec: { precompile, julia } }) => {
    if (julia !== undefined && isAtLeast(julia.version, 1, 14)) {
      return [];
    }
    const names = (precompile.cpuTarget ?? "").split(";").map((target) => target.split(",", 1)[0] ?? "");
    return names.flatMap((name) => {
      const known = knownAs.get(name);
      return known === undefined
        ? []
        : [
            {
              severity: "warning" as const,
              message: `Julia has no entry for ${quote(name)}, and does not choose the code for it by what the processor can`,
              suggestion: `name ${quote(known)}, which stands for the same`,
              at: "precompile.cpu-target",
            },
          ];
    });
  },
};
