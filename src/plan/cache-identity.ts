import { createHash } from "node:crypto";
import type { PlanInputs } from "./decisions.ts";
import type { ImageConfig } from "./image-config.ts";
import { juliaName } from "./image-julia.ts";

/**
 * Id of the cache mount: what the spec says, or everything that makes the content of two depots incompatible. The derived
 * one begins with what people recognise and ends with a digest over all of it. The build always runs as root, so the
 * user is no part of it. Raise the number when the cache's layout changes.
 */
export function cacheMountId(
  { spec, base, platform, cacheNamespace }: Pick<PlanInputs, "spec" | "base" | "platform" | "cacheNamespace">,
  cpuTarget: string,
): string {
  const julia = juliaName(spec, base.config);
  const { os, architecture, variant = "" } = platform;
  const baseDigest = base.digest || contentDigest(base.config);
  const parts = [julia, baseDigest, os, architecture, variant, cpuTarget, spec.depot.path];
  const derived = ["julia-depot-1", julia, os, architecture, sha256(parts).slice(0, 16)].join("/");
  const id = spec.depot.cacheId ?? derived;
  // As the Dockerfile frontend names its mounts (convert_runmount.go), so that a Dockerfile can look into this one.
  return `${cacheNamespace ?? ""}/${id}`;
}

/** An image's configuration names its layers, so its digest names its content. */
function contentDigest(config: ImageConfig): string {
  return sha256(config);
}

function sha256(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
