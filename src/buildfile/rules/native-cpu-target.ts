import type { SpecRule } from "./spec-rule.ts";

/** Compiled files for the building machine's processor are refused, and made anew at start, on any other. */
export const nativeCpuTarget: SpecRule = {
  name: "native-cpu-target",
  check: ({ spec: { precompile } }) =>
    !/(?:^|;)native(?:[,;]|$)/.test(precompile.cpuTarget ?? "")
      ? []
      : [
          {
            severity: "warning",
            message:
              "`native` compiles for the machine that builds; on others the image compiles again at start",
            suggestion: "leave `cpu-target` out, or name the oldest processor the image must run on",
            at: "precompile.cpu-target",
          },
        ],
};
