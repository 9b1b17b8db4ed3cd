import type { Platform } from "../buildkit/llb/index.ts";
import { isAtLeast, type JuliaVersion } from "../julia/julia-version.ts";

/** One kind of processor that code is compiled for, in the words of JULIA_CPU_TARGET. */
interface Target {
  readonly text: string;
  /** The first Julia that knows the processor; absent if all do that are supported. */
  readonly since?: readonly [major: number, minor: number];
}

/**
 * Code for every processor of the architecture that people run containers on. An image compiled for the builder's own processor
 * fails elsewhere, or compiles again at start (Julia 1.9 and newer).
 *
 * For amd64 there is a faster version besides, for processors since 2013, of those functions that gain by it. Julia's own
 * binaries have a third, for processors of 2011 and 2012, and all functions twice (JuliaCI/julia-buildkite,
 * utilities/build_envs.sh): that costs more time and bytes than it gives, as `npm run bench:cpu-targets` shows. Those for the
 * other architectures are Julia's own; nothing was measured there.
 *
 * The compiled file of a package has code for all of them since Julia 1.12 (JuliaLang/julia #54471); that of Julia 1.9 and 1.10
 * has code for the first alone.
 *
 * Two of Julia's own are missing here, `x86-64-v4` and `neoverse-512tvb`. Julia up to 1.12 has no entry for them, so that it
 * believes they need no features (`arg_target_data` in src/processor_x86.cpp and src/processor_arm.cpp): their code would be
 * compiled, and then never be chosen on x86, or be chosen where it cannot run on ARM (`match_sysimg_targets` in
 * src/processor.cpp).
 */
const portableTargets: Readonly<Record<string, readonly Target[]>> = {
  amd64: [{ text: "generic" }, { text: "haswell,-rdrnd" }],
  arm64: [
    { text: "generic" },
    { text: "cortex-a57" },
    { text: "thunderx2t99" },
    { text: "carmel,clone_all" },
    { text: "apple-m1,base(3)", since: [1, 8] },
  ],
  "386": [{ text: "pentium4" }],
  arm: [{ text: "armv7-a" }, { text: "armv7-a,neon" }, { text: "armv7-a,neon,vfp4" }],
  ppc64le: [{ text: "pwr8" }],
};

/** @param julia the Julia of the image, as precise as it is known */
export function portableCpuTarget({ architecture }: Platform, julia: JuliaVersion = { major: 1 }): string {
  const targets = portableTargets[architecture] ?? [{ text: "generic" }];
  return targets
    .filter(({ since }) => since === undefined || isAtLeast(julia, ...since))
    .map(({ text }) => text)
    .join(";");
}
