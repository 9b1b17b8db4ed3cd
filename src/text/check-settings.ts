import type { Diagnostic } from "./diagnostic.ts";
import type { RuleName } from "./rules.ts";

/** How strict a check is to be, as `# check=` in a spec says. */
export interface CheckSettings {
  /** Rules whose warnings are left out. */
  readonly skip: ReadonlySet<RuleName> | "all";
  /** Warnings count as errors. */
  readonly error: boolean;
}

export const defaultCheck: CheckSettings = { skip: new Set(), error: false };

/** Leaves out the warnings that are to be skipped, and makes errors of the others if that is wished. */
export function applyCheck(
  diagnostics: readonly Diagnostic[],
  { skip, error }: CheckSettings,
): readonly Diagnostic[] {
  return diagnostics
    .filter(({ severity, rule }) => severity === "error" || (skip !== "all" && !skip.has(rule)))
    .map((diagnostic) => (error ? { ...diagnostic, severity: "error" } : diagnostic));
}
