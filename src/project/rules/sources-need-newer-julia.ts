import { isAtLeast } from "../../julia/julia-version.ts";
import type { FileFinding } from "./project-rule.ts";
import type { UnresolvedContext, UnresolvedRule } from "./unresolved-rule.ts";

/** Pkg before Julia 1.11 would look for these packages in the registries, where another may have the name. */
export const sourcesNeedNewerJulia: UnresolvedRule = {
  name: "sources-need-newer-julia",
  check({ projectFile, julia }: UnresolvedContext): readonly FileFinding[] {
    if (julia === undefined || projectFile.sources.size === 0 || isAtLeast(julia, 1, 11)) {
      return [];
    }
    return [
      {
        severity: "error",
        message: `\`[sources]\` is not known to Julia ${julia.major}.${julia.minor}, and there is no manifest`,
        suggestion: "use Julia 1.11 or newer, or commit a manifest in which the packages were added",
        file: projectFile.file,
        path: ["sources"],
      },
    ];
  },
};
