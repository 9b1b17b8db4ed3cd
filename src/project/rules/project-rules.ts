import { dependencyNotInManifest } from "./dependency-not-in-manifest.ts";
import { manifestFormatTooNew } from "./manifest-format-too-new.ts";
import { manifestOfOtherJulia } from "./manifest-of-other-julia.ts";
import type { ProjectRule } from "./rule.ts";

export const projectRules: readonly ProjectRule[] = [
  dependencyNotInManifest,
  manifestFormatTooNew,
  manifestOfOtherJulia,
];
