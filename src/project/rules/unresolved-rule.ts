import type { JuliaVersion } from "../../julia/julia-version.ts";
import type { ProjectFile } from "../project.ts";
import type { Rule } from "./project-rule.ts";

/** What a rule about a project without a manifest may look at. */
export interface UnresolvedContext {
  readonly projectFile: ProjectFile;
  /** The image's Julia, as precise as it is known. */
  readonly julia: JuliaVersion | undefined;
}

/** A check of a project without a manifest. In the list `unresolvedRules`. */
export type UnresolvedRule = Rule<UnresolvedContext>;
