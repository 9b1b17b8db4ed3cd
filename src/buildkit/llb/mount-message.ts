import type { MessageInitShape } from "@bufbuild/protobuf";
import { CacheSharingOpt, MountContentCache, type MountSchema, MountType } from "../gen/ops_pb.ts";
import type { PlacedMount, SecretMount, SshMount } from "./mounts.ts";

type MountInit = MessageInitShape<typeof MountSchema>;

const sharingModes = {
  shared: CacheSharingOpt.SHARED,
  private: CacheSharingOpt.PRIVATE,
  locked: CacheSharingOpt.LOCKED,
};
const contentCaches = {
  default: MountContentCache.DEFAULT,
  on: MountContentCache.ON,
  off: MountContentCache.OFF,
};

/** A mount whose source is the operation's input number `input`; -1 is an empty directory. */
export function mountMessage({ mount, output }: PlacedMount, input: number): MountInit {
  const common = { input: BigInt(input), dest: mount.target, output: BigInt(output) };
  if (mount.type === "tmpfs") {
    return { ...common, mountType: MountType.TMPFS, TmpfsOpt: { size: BigInt(mount.size ?? 0) } };
  }
  const withSource = { ...common, selector: mount.selector ?? "", readonly: mount.readonly ?? false };
  if (mount.type === "cache") {
    const cacheOpt = { ID: mount.id, sharing: sharingModes[mount.sharing ?? "shared"] };
    return { ...withSource, mountType: MountType.CACHE, cacheOpt };
  }
  return { ...withSource, contentCache: contentCaches[mount.contentCache ?? "default"] };
}

export function secretMessage(mount: SecretMount): MountInit {
  return {
    input: -1n,
    dest: mount.target,
    mountType: MountType.SECRET,
    secretOpt: { ...ownership(mount), mode: mount.mode ?? 0o400 },
  };
}

export function sshMessage(mount: SshMount): MountInit {
  return {
    input: -1n,
    dest: mount.target ?? "",
    mountType: MountType.SSH,
    SSHOpt: { ...ownership(mount), mode: mount.mode ?? 0o600 },
  };
}

function ownership({ id, uid, gid, optional }: SecretMount | SshMount) {
  return { ID: id, uid: uid ?? 0, gid: gid ?? 0, optional: optional ?? false };
}
