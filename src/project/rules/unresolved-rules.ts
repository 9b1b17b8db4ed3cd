import type { JuliaVersion } from "../../julia/julia-version.ts";
import type { ProjectFile } from "../project.ts";
import type { Rule } from "./rule.ts";
import { sourcesNeedNewerJulia } from "./sources-need-newer-julia.ts";

/** What a rule about a project without a manifest may look at. */
export interface UnresolvedContext {
  readonly projectFile: ProjectFile;
  /** As precise as it is known. */
  readonly julia: JuliaVersion | undefined;
}

export const unresolvedRules: readonly Rule<UnresolvedContext>[] = [sourcesNeedNewerJulia];
