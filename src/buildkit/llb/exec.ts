import type { BindMount, Mount, PlacedMount } from "./mounts.ts";
import { placeMounts, sourceOf } from "./mounts.ts";
import type { Output, State, VertexOptions } from "./vertex.ts";

/** A command run in a container. */
export interface ExecVertex {
  readonly kind: "exec";
  readonly base: State;
  readonly exec: ExecOptions;
  /** By target, the root among them; without secrets and ssh agents. */
  readonly mounts: readonly PlacedMount[];
  readonly inputs: readonly Output[];
  readonly options: VertexOptions;
}

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
  /** Exit codes that count as success; only 0 by default. */
  readonly validExitCodes?: readonly number[] | undefined;
  readonly cdiDevices?:
    | readonly { readonly name: string; readonly optional?: boolean | undefined }[]
    | undefined;
  readonly mounts?: readonly Mount[] | undefined;
  readonly secretEnv?: readonly SecretEnv[] | undefined;
  readonly readonlyRoot?: boolean | undefined;
}

export interface Ulimit {
  /** As `nofile`. */
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

export interface Exec {
  /** The root file system after the command. */
  readonly root: Output;
  /** What the bind mount at `target` holds after the command. Throws if there is no such output. */
  readonly output: (target: string) => Output;
}

/** Runs a command on `base`. Throws if it has no arguments, or two mounts at one target. */
export function exec(base: State, options: ExecOptions): Exec {
  if (options.args.length === 0) throw new Error("an exec needs arguments");
  const root: BindMount = { type: "bind", target: "/", source: base, readonly: options.readonlyRoot };
  const mounts = placeMounts([root, ...(options.mounts ?? [])]);
  refuseSharedTargets(options.mounts ?? []);
  const vertex: ExecVertex = {
    kind: "exec",
    base,
    exec: options,
    mounts,
    inputs: [...new Set(mounts.flatMap(({ mount }) => sourceOf(mount) ?? []))],
    options: { ...options, platform: options.platform ?? base?.platform },
  };
  const output = (target: string) => outputAt(vertex, target);
  return { root: output("/"), output };
}

function outputAt(vertex: ExecVertex, target: string): Output {
  const placed = vertex.mounts.find(({ mount }) => mount.target === target);
  if (placed === undefined) throw new Error(`the exec has no mount at ${target}`);
  const { mount, output } = placed;
  const source = sourceOf(mount);
  if (mount.type === "bind" && mount.readonly && source !== undefined) return source;
  if (output === -1) throw new Error(`the mount at ${target} is no output of the exec`);
  return { vertex, index: output, platform: vertex.exec.platform ?? source?.platform };
}

function refuseSharedTargets(mounts: readonly Mount[]): void {
  const seen = new Set(["/"]);
  for (const { target } of mounts) {
    if (target === undefined) continue;
    if (seen.has(target)) throw new Error(`the exec has two mounts at ${target}`);
    seen.add(target);
  }
}
