import type { Mount } from "./mounts.ts";
import type { VertexOptions } from "./vertex.ts";

export interface ExecOptions extends VertexOptions {
  /** The program and its arguments; no shell takes part. */
  readonly args: readonly string[];
  /** Variables by name. The daemon adds PATH if it is absent. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** `/` by default, and what a relative one counts from. */
  readonly cwd?: string | undefined;
  /** name or uid, with :group or :gid. */
  readonly user?: string | undefined;
  readonly network?: "sandbox" | "host" | "none" | undefined;
  readonly security?: "sandbox" | "insecure" | undefined;
  readonly extraHosts?: readonly { readonly host: string; readonly ip: string }[] | undefined;
  readonly hostname?: string | undefined;
  readonly ulimits?: readonly Ulimit[] | undefined;
  readonly cgroupParent?: string | undefined;
  readonly proxyEnv?: ProxyEnv | undefined;
  readonly mounts?: readonly Mount[] | undefined;
  readonly secretEnv?: readonly SecretEnv[] | undefined;
  readonly readonlyRoot?: boolean | undefined;
}

export interface Ulimit {
  /** The limit's name without a prefix, as `nofile`. */
  readonly name: string;
  readonly soft: number;
  readonly hard: number;
}

/** A variable whose value is a secret. */
export interface SecretEnv {
  readonly name: string;
  readonly id: string;
  readonly optional?: boolean | undefined;
}

/** Proxies of the build, set as variables without being part of the cache key. */
export interface ProxyEnv {
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  readonly ftpProxy?: string | undefined;
  readonly noProxy?: string | undefined;
  readonly allProxy?: string | undefined;
}
