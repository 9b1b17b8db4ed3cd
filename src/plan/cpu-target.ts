import type { Platform } from "../llb/index.ts";

/**
 * Code for every processor of an architecture that people run containers on, with faster versions for the newer ones:
 * what Julia's own binaries are built for (JuliaCI/julia-buildkite, utilities/build_envs.sh). An image compiled for the
 * builder's own processor fails elsewhere, or compiles again at start (Julia 1.9 and newer).
 */
const portableTargets: Readonly<Record<string, string>> = {
  amd64: "generic;sandybridge,-xsaveopt,clone_all;haswell,-rdrnd,base(1)",
  arm64: "generic;cortex-a57;thunderx2t99;carmel,clone_all",
  "386": "pentium4;sandybridge,-xsaveopt,clone_all",
};

export function portableCpuTarget(platform: Platform): string {
  return portableTargets[platform.architecture] ?? "generic";
}
