import { pathDependencyMissing } from "./path-dependency-missing.ts";
import { pathOutsideContext } from "./path-outside-context.ts";
import type { PathRule } from "./path-rule.ts";
import { windowsPath } from "./windows-path.ts";

export const pathRules: readonly PathRule[] = [pathDependencyMissing, pathOutsideContext, windowsPath];
