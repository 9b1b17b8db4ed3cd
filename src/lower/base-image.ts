import { formatImageReference, image, type Output, parseImageReference } from "../buildkit/llb/index.ts";
import type { AptPackages, BaseImage } from "../plan/plan.ts";
import type { Steps } from "./steps.ts";

/** A base image, pinned by the digest that its name had when the plan was made. */
export function baseImage(steps: Steps, base: BaseImage): Output {
  const { platform } = steps.plan;
  const reference = parseImageReference(base.reference);
  if (reference === undefined) {
    throw new Error(`the plan names ${base.reference} as its base, which is no image name`);
  }
  return image(
    base.digest === "" ? base.reference : formatImageReference({ ...reference, digest: base.digest }),
    {
      name: `[base] ${base.reference}`,
      platform,
      resolveMode: base.resolveMode,
      locations: steps.locate(base.span),
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
  steps: Steps,
  base: Output,
  { names, span }: AptPackages,
  purpose: "image" | "build" | "dev",
): Output {
  if (names.length === 0) {
    return base;
  }
  const { runAgain, dependencies } = steps.plan;
  return steps.run(base, {
    ignoreCache: runAgain.has(purpose),
    args: ["/bin/sh", "-euc", installScript, "apt", ...names],
    env: { ...dependencies.env, DEBIAN_FRONTEND: "noninteractive" },
    mounts: ["/var/cache/apt", "/var/lib/apt/lists", "/var/log"].map((target) => ({ type: "tmpfs", target })),
    name: `[${purpose}] install ${names.join(", ")}`,
    span,
  }).root;
}
