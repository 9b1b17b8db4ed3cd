import { execOperation } from "./exec-operation.ts";
import type { ExecOptions } from "./exec-options.ts";
import type { BindMount, Mount, PlacedMount } from "./mounts.ts";
import { placeMounts, sourceOf } from "./mounts.ts";
import type { Output, State, Vertex } from "./vertex.ts";

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
  const platform = options.platform ?? base?.platform;
  const vertex: Vertex = {
    inputs: [...new Set(mounts.flatMap(({ mount }) => sourceOf(mount) ?? []))],
    options: { ...options, platform },
    operation: (context) => execOperation({ ...options, platform }, mounts, context),
  };
  const output = (target: string): Output => {
    const placed = placedAt(mounts, target);
    const source = sourceOf(placed.mount);
    if (placed.mount.type === "bind" && placed.mount.readonly && source !== undefined) return source;
    if (placed.output === -1) throw new Error(`the mount at ${target} is no output of the exec`);
    return { vertex, index: placed.output, platform: options.platform ?? source?.platform };
  };
  return { root: output("/"), output };
}

function placedAt(mounts: readonly PlacedMount[], target: string): PlacedMount {
  const placed = mounts.find(({ mount }) => mount.target === target);
  if (placed === undefined) throw new Error(`the exec has no mount at ${target}`);
  return placed;
}

function refuseSharedTargets(mounts: readonly Mount[]): void {
  const seen = new Set(["/"]);
  for (const { target } of mounts) {
    if (target === undefined) continue;
    if (seen.has(target)) throw new Error(`the exec has two mounts at ${target}`);
    seen.add(target);
  }
}
