import { compareBytes } from "./byte-order.ts";
import type { Output, State } from "./vertex.ts";

/** Something attached to the file system that a command sees. */
export type Mount = BindMount | CacheMount | TmpfsMount | SecretMount | SshMount;

/** A file system, or an empty directory. What a writable one holds afterwards is an output of the exec. */
export interface BindMount {
  readonly type: "bind";
  readonly target: string;
  readonly source: State;
  /** Path inside the source. */
  readonly selector?: string | undefined;
  readonly readonly?: boolean | undefined;
  /** Throws the changes away instead of making them an output. Needs exec.mount.bind.readwrite-nooutput. */
  readonly discardChanges?: boolean | undefined;
  /** Whether the content, rather than its origin, decides if the exec is cached. */
  readonly contentCache?: "default" | "on" | "off" | undefined;
}

/** A directory that outlives the build, and may be empty or another build's at any time. */
export interface CacheMount {
  readonly type: "cache";
  readonly target: string;
  readonly id: string;
  /** What a second step does while one uses the cache: use it too, get an empty one, or wait. */
  readonly sharing?: "shared" | "private" | "locked" | undefined;
  /** Content of a new cache. Another source is another cache. */
  readonly source?: State | undefined;
  readonly selector?: string | undefined;
  readonly readonly?: boolean | undefined;
}

export interface TmpfsMount {
  readonly type: "tmpfs";
  readonly target: string;
  /** Bytes. */
  readonly size?: number | undefined;
}

export interface SecretMount {
  readonly type: "secret";
  readonly target: string;
  readonly id: string;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  /** Permission bits, 0400 by default. */
  readonly mode?: number | undefined;
  /** Whether the client need not have the secret; otherwise the step fails without it. */
  readonly optional?: boolean | undefined;
}

/** The client's ssh agent; the first one's socket is in SSH_AUTH_SOCK unless that is set. */
export interface SshMount {
  readonly type: "ssh";
  /** /run/buildkit/ssh_agent.N by default. */
  readonly target?: string | undefined;
  readonly id: string;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  /** Permission bits, 0600 by default. */
  readonly mode?: number | undefined;
  readonly optional?: boolean | undefined;
}

/** A mount with the number of the output it becomes; -1 is none. */
export interface PlacedMount {
  readonly mount: BindMount | CacheMount | TmpfsMount;
  readonly output: number;
}

/** Sorts mounts by target, as BuildKit's client does, and numbers the writable ones in that order. */
export function placeMounts(mounts: readonly Mount[]): readonly PlacedMount[] {
  let outputs = 0;
  return mounts
    .filter((mount) => mount.type !== "secret" && mount.type !== "ssh")
    .toSorted((left, right) => compareBytes(left.target, right.target))
    .map((mount) => ({ mount, output: isWritableBind(mount) ? outputs++ : -1 }));
}

export function sourceOf(mount: PlacedMount["mount"]): Output | undefined {
  return mount.type === "tmpfs" ? undefined : (mount.source ?? undefined);
}

function isWritableBind(mount: PlacedMount["mount"]): boolean {
  return mount.type === "bind" && !mount.readonly && !mount.discardChanges;
}
