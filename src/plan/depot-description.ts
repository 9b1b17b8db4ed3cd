import type { Spec } from "../buildfile/spec.ts";
import type { Platform } from "../buildkit/llb/index.ts";
import { formatPlatform } from "../request/platforms.ts";
import type { ImageConfig } from "./image-config.ts";
import { juliaName } from "./image-julia.ts";

/** What a depot was made for. Another build can start from it if all of this is the same. */
export interface DepotDescription {
  /** The full version of Julia, as `1.11.4`. */
  readonly julia: string;
  /** `os/architecture[/variant]` */
  readonly platform: string;
  readonly cpuTarget: string;
  /** Where it is in the image. Compiled files name paths of sources. */
  readonly path: string;
}

/** Label of an image whose depot was made by this frontend. Its value is JSON. */
export const depotLabel = "julia-frontend.depot";

/** Raised when a depot of an older frontend can no longer be used. */
const depotFormat = 1;

export function describeDepot(
  spec: Spec,
  base: ImageConfig,
  platform: Platform,
  cpuTarget: string,
): DepotDescription {
  return {
    julia: juliaName(spec, base),
    platform: formatPlatform(platform),
    cpuTarget,
    path: spec.depot.path,
  };
}

export function writeDepotLabel({ julia, platform, cpuTarget, path }: DepotDescription): string {
  return JSON.stringify({ format: depotFormat, julia, platform, cpuTarget, path });
}

/** What an image says about its depot; undefined if this frontend did not make it, or an incompatible version did. */
export function readDepotLabel(config: ImageConfig): DepotDescription | undefined {
  const text = config.config?.Labels?.[depotLabel];
  const value = text === undefined ? undefined : parseObject(text);
  if (value === undefined || value.format !== depotFormat) {
    return undefined;
  }
  const { julia, platform, cpuTarget, path } = value;
  const isComplete = [julia, platform, cpuTarget, path].every((part) => typeof part === "string");
  return isComplete ? ({ julia, platform, cpuTarget, path } as DepotDescription) : undefined;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Why a build cannot start from a depot; undefined if it can. */
export function whyUnusable(seed: DepotDescription | undefined, own: DepotDescription): string | undefined {
  if (seed === undefined) {
    return "this frontend did not make it, or a version that is not compatible did";
  }
  const differences = [
    ["Julia", seed.julia, own.julia],
    ["platform", seed.platform, own.platform],
    ["CPU target", seed.cpuTarget, own.cpuTarget],
    ["depot path", seed.path, own.path],
  ] as const;
  const [first] = differences.filter(([, theirs, ours]) => theirs !== ours);
  return first && `its ${first[0]} is ${first[1]}, not ${first[2]}`;
}
