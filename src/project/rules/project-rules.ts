import { dependencyNotInManifest } from "./dependency-not-in-manifest.ts";
import { gitOverSsh } from "./git-over-ssh.ts";
import { juliaNotInCompat } from "./julia-not-in-compat.ts";
import { manifestFormatTooNew } from "./manifest-format-too-new.ts";
import { manifestOfOtherJulia } from "./manifest-of-other-julia.ts";
import { manifestOutOfDate } from "./manifest-out-of-date.ts";
import type { ProjectRule } from "./project-rule.ts";
import { workloadNeedsPrecompileTools } from "./workload-needs-precompile-tools.ts";
import { workloadNeverRun } from "./workload-never-run.ts";

export const projectRules: readonly ProjectRule[] = [
  dependencyNotInManifest,
  gitOverSsh,
  juliaNotInCompat,
  manifestFormatTooNew,
  manifestOfOtherJulia,
  manifestOutOfDate,
  workloadNeedsPrecompileTools,
  workloadNeverRun,
];
