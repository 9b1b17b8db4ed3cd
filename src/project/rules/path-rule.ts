import type { LocatedDependency } from "../located-dependency.ts";
import type { Given, Rule } from "./project-rule.ts";

/** What a rule about packages in folders may look at. */
export interface PathContext {
  readonly dependencies: readonly LocatedDependency[];
  readonly given: Given;
}

/** A check of packages in folders, whether a manifest or `[sources]` names them. In the list `pathRules`. */
export type PathRule = Rule<PathContext>;
