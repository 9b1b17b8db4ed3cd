import { createHash } from "node:crypto";
import type { Platform } from "../llb/index.ts";

/** Everything that makes the content of two depots incompatible. */
export interface CacheIdentity {
  readonly julia: string;
  /** Manifest digest of the base image: another image may hold other standard libraries. */
  readonly baseDigest: string;
  readonly platform: Platform;
  readonly cpuTarget: string;
  readonly depotPath: string;
}

/**
 * Id of the cache mount. It begins with what people recognise and ends with a digest over all of the identity. The build
 * always runs as root, so the user is no part of it. Raise the number when the cache's layout changes.
 */
export function cacheId(identity: CacheIdentity): string {
  const { os, architecture, variant } = identity.platform;
  const parts = [
    identity.julia,
    identity.baseDigest,
    os,
    architecture,
    variant ?? "",
    identity.cpuTarget,
    identity.depotPath,
  ];
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
  return ["julia-depot-1", identity.julia, os, architecture, digest].join("/");
}
