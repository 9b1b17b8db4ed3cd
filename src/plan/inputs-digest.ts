import { createHash } from "node:crypto";
import { formatPlatform } from "../request/platforms.ts";
import { runVariable } from "./build-environment.ts";
import { type ImageConfig, layersOf } from "./image-config.ts";
import type { DependencyStep, Plan } from "./plan.ts";

/** Raised when the steps make other layers of the same inputs, because lower/ or the layout of the depot changed. */
const format = 2;

/** What the lower layers of an image are made from. */
export interface LayerInputs extends Pick<Plan, "platform" | "packages"> {
  readonly base: { readonly config: ImageConfig; readonly isFiles?: boolean };
  readonly dependencies: Pick<DependencyStep, "files" | "programs" | "args" | "env" | "access" | "layers">;
}

/**
 * A digest over everything that the lower layers of an image are made from: base image, Debian packages and depot. They do
 * not change with the project's sources, so an image of the same digest has the same ones. Not among the inputs is what
 * only decides how long the build takes, or where it runs: the cache, the seed, and where a builder looks for the base image.
 *
 * Undefined if the inputs are not all known: the configuration of an image names its layers, that of files does not, and
 * offline there is none.
 */
export function inputsDigest({ platform, base, packages, dependencies }: LayerInputs): string | undefined {
  if (base.isFiles === true || layersOf(base.config).length === 0) {
    return undefined;
  }
  const { files, programs, args, env, access, layers } = dependencies;
  // It makes the step run again, and is no part of what the step makes.
  const { [runVariable]: _run, ...lastingEnv } = env;
  const inputs = [
    format,
    formatPlatform(platform),
    base.config,
    packages.image.names,
    packages.build.names,
    { files: [...files], programs: programs.digest, args, env: lastingEnv, access, layers },
  ];
  return `sha256:${createHash("sha256").update(JSON.stringify(inputs)).digest("hex")}`;
}
