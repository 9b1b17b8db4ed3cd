import { conflictingKeys } from "./conflicting-keys.ts";
import { duplicatePackage } from "./duplicate-package.ts";
import { floatingBase } from "./floating-base.ts";
import { juliaTooOld } from "./julia-too-old.ts";
import { keyNeedsNewerJulia } from "./key-needs-newer-julia.ts";
import { literalSecret } from "./literal-secret.ts";
import { missingJulia } from "./missing-julia.ts";
import { nativeCpuTarget } from "./native-cpu-target.ts";
import { overlappingPaths } from "./overlapping-paths.ts";
import { reservedEnv } from "./reserved-env.ts";
import type { SpecRule } from "./spec-rule.ts";
import { undeclaredBuildArg } from "./undeclared-build-arg.ts";
import { unknownCpuTarget } from "./unknown-cpu-target.ts";
import { unusedArg } from "./unused-arg.ts";
import { userIsRoot } from "./user-is-root.ts";

export const specRules: readonly SpecRule[] = [
  conflictingKeys,
  duplicatePackage,
  floatingBase,
  juliaTooOld,
  keyNeedsNewerJulia,
  literalSecret,
  missingJulia,
  nativeCpuTarget,
  overlappingPaths,
  reservedEnv,
  undeclaredBuildArg,
  unknownCpuTarget,
  unusedArg,
  userIsRoot,
];
