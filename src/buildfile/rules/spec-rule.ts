import type { RuleName, Severity } from "../../text/rules.ts";
import type { Spec } from "../spec.ts";

/** What a rule may look at. */
export interface SpecContext {
  /** Defaults stand for values that are wrong: `isGiven` tells them apart. */
  readonly spec: Spec;
  /** Whether the key is in the file and its value right. */
  readonly isGiven: (path: string) => boolean;
  /** What came with `--build-arg`, declared or not. */
  readonly buildArgs: ReadonlyMap<string, string>;
  /** Arguments that some string of the spec uses. */
  readonly usedArgs: ReadonlySet<string>;
}

/**
 * A check that concerns more than one key, or advice about one. What a single key may be is said in the table of keys.
 * Each rule stands in a file of its own, named after it, and in the list `specRules`.
 */
export interface SpecRule {
  readonly name: RuleName;
  readonly check: (context: SpecContext) => readonly SpecFinding[];
}

export interface SpecFinding {
  readonly severity: Severity;
  readonly message: string;
  readonly suggestion?: string;
  /** Dotted path of the key to point at; the first line if that key is absent; no place for `null`. */
  readonly at: string | null;
}
