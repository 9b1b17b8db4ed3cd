import { quote } from "../../diagnostics/quote.ts";
import type { SpecRule } from "./rule.ts";

/** Variables by which the pipeline makes the depot fit the image, with the key that sets each. */
const reserved: ReadonlyMap<string, string> = new Map([
  ["JULIA_DEPOT_PATH", "set `[depot] path` instead"],
  ["JULIA_CPU_TARGET", "set `[precompile] cpu-target` instead"],
  ["JULIA_NUM_PRECOMPILE_TASKS", "set `[precompile] tasks` instead"],
  ["JULIA_PKG_SERVER", "set `[pkg] server` instead"],
  ["JULIA_PROJECT", "set `path` instead"],
  ["JULIA_LOAD_PATH", "leave it out: the project's environment and the standard libraries are on it"],
]);

/** A second source of truth for these would make an image whose compiled files do not match its variables. */
export const reservedEnv: SpecRule = {
  name: "reserved-env",
  check: ({ spec }) =>
    [...spec.env.keys()].flatMap((name) => {
      const suggestion = reserved.get(name);
      return suggestion === undefined
        ? []
        : [
            {
              severity: "error",
              message: `${quote(name)} is set by the build itself`,
              suggestion,
              at: `env.${name}`,
            },
          ];
    }),
};
