import type { ExecOptions } from "../llb/index.ts";

/** What the person who builds asked for every command that runs, as `--network` of `docker buildx build`. */
export type StepDefaults = Pick<
  ExecOptions,
  "network" | "extraHosts" | "hostname" | "ulimits" | "cgroupParent" | "proxyEnv" | "linuxResources"
>;
