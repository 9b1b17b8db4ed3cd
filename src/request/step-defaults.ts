import type { ExecOptions, TmpfsMount } from "../buildkit/llb/index.ts";

/** What the person who builds asked for every command that runs, as `--network` of `docker buildx build`. */
export interface StepDefaults
  extends Pick<
    ExecOptions,
    "network" | "extraHosts" | "hostname" | "ulimits" | "cgroupParent" | "proxyEnv" | "linuxResources"
  > {
  /** Bytes of /dev/shm; what BuildKit gives by default otherwise. */
  readonly shmSize?: number;
}

/** The mount by which a command gets as much shared memory as was asked for. */
export function sharedMemory({ shmSize }: StepDefaults): readonly TmpfsMount[] {
  return shmSize === undefined ? [] : [{ type: "tmpfs", target: "/dev/shm", size: shmSize }];
}
