import { quote } from "../../text/quote.ts";
import type { Spec } from "../spec.ts";
import type { SpecRule } from "./spec-rule.ts";

/** Variables by which the pipeline makes the depot fit the image, with the key that sets each. */
const reserved: ReadonlyMap<string, string> = new Map([
  ["JULIA_DEPOT_PATH", "set `[depot] path` instead"],
  ["JULIA_CPU_TARGET", "set `[precompile] cpu-target` instead"],
  ["JULIA_NUM_PRECOMPILE_TASKS", "set `[precompile] tasks` instead"],
  ["JULIA_PKG_SERVER", "set `[pkg] server` instead"],
  ["JULIA_PROJECT", "set `path` instead"],
  ["JULIA_PKG_USE_CLI_GIT", "set `[pkg] use-cli-git` instead"],
  ["JULIA_PKG_SERVER_REGISTRY_PREFERENCE", "set `[pkg] registry-preference` instead"],
  ["JULIA_LOAD_PATH", "leave it out: the project's environment and the standard libraries are on it"],
]);

/** A second source of truth for these would make an image whose compiled files do not match its variables. */
export const reservedEnv: SpecRule = {
  name: "reserved-env",
  check: ({ spec }) =>
    namesIn(spec).flatMap(({ name, at }) => {
      const suggestion = reserved.get(name);
      return suggestion === undefined
        ? []
        : [{ severity: "error", message: `${quote(name)} is set by the build itself`, suggestion, at }];
    }),
};

/** Every variable that the spec sets, and the key that does. */
function namesIn({ env, secrets }: Spec): readonly { readonly name: string; readonly at: string }[] {
  return [
    ...[...env.keys()].map((name) => ({ name, at: `env.${name}` })),
    ...secrets.flatMap((secret) =>
      secret.env === undefined ? [] : [{ name: secret.env, at: `secrets.${secret.id}.env` }],
    ),
  ];
}
