import { sourcesNeedNewerJulia } from "./sources-need-newer-julia.ts";
import type { UnresolvedRule } from "./unresolved-rule.ts";

export const unresolvedRules: readonly UnresolvedRule[] = [sourcesNeedNewerJulia];
