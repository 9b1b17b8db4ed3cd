import type { APICap } from "../gen/caps_pb.ts";
import { missingCapability } from "./missing-capability.ts";

/** What the daemon can do, by capability id (frontend/gateway/pb/caps.go, solver/pb/caps.go). */
export interface Capabilities {
  /** Whether the daemon knows the capability and it is enabled. */
  readonly supports: (id: string) => boolean;
  /** Whether the daemon knows the capability, enabled or not. */
  readonly contains: (id: string) => boolean;
  /** Why a capability is not supported, for people; undefined if it is. */
  readonly problem: (id: string) => string | undefined;
}

export type CapabilityEntry = Pick<APICap, "ID" | "Enabled" | "DisabledReasonMsg">;

/** `assumed` are the capabilities of daemons too old to list any. */
export function capabilities(listed: readonly CapabilityEntry[], assumed: readonly string[]): Capabilities {
  const entries =
    listed.length > 0 ? listed : assumed.map((ID) => ({ ID, Enabled: true, DisabledReasonMsg: "" }));
  const byId = new Map(entries.map((entry) => [entry.ID, entry]));
  const problem = (id: string): string | undefined => {
    const entry = byId.get(id);
    if (entry === undefined) return missingCapability(id);
    if (entry.Enabled) return undefined;
    const reason = entry.DisabledReasonMsg === "" ? "" : `: ${entry.DisabledReasonMsg}`;
    return `${id} is switched off in this BuildKit${reason}`;
  };
  return {
    supports: (id) => byId.get(id)?.Enabled ?? false,
    contains: (id) => byId.has(id),
    problem,
  };
}

/** Frozen: what a daemon could do when capabilities were introduced. */
export const assumedGatewayCapabilities: readonly string[] = [
  "solve.base",
  "solve.inlinereturn",
  "resolveimage",
  "readfile",
];

/** Frozen: what a daemon could build when capabilities were introduced. */
export const assumedLlbCapabilities: readonly string[] = [
  "source.image",
  "source.local",
  "source.local.unique",
  "source.local.sessionid",
  "source.local.includepatterns",
  "source.local.excludepatterns",
  "source.local.followpaths",
  "source.local.sharedkeyhint",
  "source.git",
  "source.git.keepgitdir",
  "source.git.fullurl",
  "source.http",
  "source.http.checksum",
  "source.http.perm",
  "soruce.http.uidgid", // the spelling is BuildKit's
  "exec.meta.base",
  "exec.meta.proxyenv",
  "exec.mount.bind",
  "exec.mount.cache",
  "exec.mount.cache.sharing",
  "exec.mount.selector",
  "exec.mount.tmpfs",
  "exec.mount.secret",
  "constraints",
  "platform",
  "meta.ignorecache",
  "meta.description",
  "meta.exportcache",
];
