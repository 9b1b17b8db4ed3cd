import { file, type Output } from "../buildkit/llb/index.ts";
import type { Plan } from "../plan/plan.ts";
import { fixedTime } from "./fixed-time.ts";
import { locate } from "./locate.ts";

/**
 * The folders that a container needs, for the image's user: where a volume is mounted on nothing, the container runtime would
 * make a folder that only root can write to.
 */
export function withFolders(plan: Plan, base: Output): Output {
  const { paths, owner, span } = plan.folders;
  if (paths.length === 0) {
    return base;
  }
  const shared = { type: "mkdir", mode: 0o755, parents: true, owner, timestamp: fixedTime } as const;
  return file(
    base,
    paths.map((path) => ({ ...shared, path })),
    { name: `[image] make ${paths.join(", ")}`, locations: locate(plan.spec, span) },
  );
}
