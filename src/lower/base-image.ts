import {
  exec,
  formatImageReference,
  image,
  type Output,
  parseImageReference,
} from "../buildkit/llb/index.ts";
import type { AptPackages, Plan } from "../plan/plan.ts";
import { type StepDefaults, sharedMemory } from "../request/step-defaults.ts";
import { locate } from "./locate.ts";

/** The base image, pinned by the digest that its name had when the plan was made. */
export function baseImage(plan: Plan): Output {
  const reference = parseImageReference(plan.base.reference);
  if (reference === undefined) {
    throw new Error(`not an image name: ${plan.base.reference}`);
  }
  return image(
    plan.base.digest === ""
      ? plan.base.reference
      : formatImageReference({ ...reference, digest: plan.base.digest }),
    {
      name: `[base] ${plan.base.reference}`,
      platform: plan.platform,
      resolveMode: plan.base.resolveMode,
      locations: locate(plan.spec, plan.base.span),
    },
  );
}

// Lists, archives and logs stay in memory: nothing of them may reach the image. The script is constant; the packages are
// arguments, and the spec allows no more than names and versions.
const installScript = `mkdir -p /var/log/apt
apt-get update -qq
exec apt-get install -y -qq --no-install-recommends -- "$@"`;

/** Debian packages on top of a file system. */
export function withAptPackages(
  plan: Plan,
  base: Output,
  packages: AptPackages,
  purpose: "image" | "build",
  defaults: StepDefaults,
): Output {
  if (packages.names.length === 0) {
    return base;
  }
  return exec(base, {
    ...defaults,
    ignoreCache: plan.runAgain.has(purpose),
    args: ["/bin/sh", "-euc", installScript, "apt", ...packages.names],
    env: { ...plan.dependencies.env, DEBIAN_FRONTEND: "noninteractive" },
    mounts: [
      ...sharedMemory(defaults),
      ...["/var/cache/apt", "/var/lib/apt/lists", "/var/log"].map((target) => ({
        type: "tmpfs" as const,
        target,
      })),
    ],
    name: `[${purpose}] install ${packages.names.join(", ")}`,
    locations: locate(plan.spec, packages.span),
  }).root;
}
