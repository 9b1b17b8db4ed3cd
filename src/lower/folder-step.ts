import type { Output } from "../buildkit/llb/index.ts";
import { fixedTime, type Steps } from "./steps.ts";

/**
 * The folders that a container needs, for the image's user: where a volume is mounted on nothing, the container runtime would
 * make a folder that only root can write to.
 */
export function withFolders(steps: Steps, base: Output): Output {
  const { paths, owner, span } = steps.plan.folders;
  if (paths.length === 0) {
    return base;
  }
  const shared = { type: "mkdir", mode: 0o755, parents: true, owner, timestamp: fixedTime } as const;
  const actions = paths.map((path) => ({ ...shared, path }));
  return steps.change(base, actions, { name: `[image] make ${paths.join(", ")}`, span });
}
