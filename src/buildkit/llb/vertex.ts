import type { DiffVertex } from "./diff.ts";
import type { ExecVertex } from "./exec.ts";
import type { FileVertex } from "./file.ts";
import type { ImportedVertex } from "./imported.ts";
import type { MergeVertex } from "./merge.ts";
import type { Platform } from "./platform.ts";
import type { SourceVertex } from "./source.ts";
import type { SourceLocation } from "./source-map.ts";

/** One operation of the build graph. Never changed after its constructor has returned it. */
export type Vertex = SourceVertex | ExecVertex | FileVertex | MergeVertex | DiffVertex | ImportedVertex;

/** A file system that a vertex produces. */
export interface Output {
  readonly vertex: Vertex;
  readonly index: number;
  /** What later operations on this file system run on, where one was asked for. */
  readonly platform?: Platform | undefined;
}

/** A file system, or null for the empty one. */
export type State = Output | null;

/** The empty file system. */
export const scratch: State = null;

/** What every constructor takes. Nothing of it but `platform` is part of the vertex's digest. */
export interface VertexOptions {
  /** The line of the progress display. */
  readonly name?: string | undefined;
  readonly description?: Readonly<Record<string, string>> | undefined;
  /** Where a failure of this vertex points. */
  readonly locations?: readonly SourceLocation[] | undefined;
  /** Runs the step again each time. On an exec it also detaches the cache mounts from their content. */
  readonly ignoreCache?: boolean | undefined;
  readonly progressGroup?: ProgressGroup | undefined;
  /** Whether the result goes into an exported cache, if the exporter does not decide. */
  readonly exportCache?: boolean | undefined;
  readonly linuxResources?: LinuxResources | undefined;
  /** Defaults to that of the input, then to that of the build. */
  readonly platform?: Platform | undefined;
}

/** Vertices with one id share one entry in the progress display. */
export interface ProgressGroup {
  readonly id: string;
  readonly name?: string | undefined;
  readonly weak?: boolean | undefined;
}

/** Limits of the step's control group. */
export interface LinuxResources {
  /** Bytes. */
  readonly memory?: number | undefined;
  /** Bytes of memory and swap together. */
  readonly memorySwap?: number | undefined;
  readonly cpuShares?: number | undefined;
  /** Microseconds. */
  readonly cpuPeriod?: number | undefined;
  /** Microseconds for each period. */
  readonly cpuQuota?: number | undefined;
  /** Processor numbers, as `0-3,6`. */
  readonly cpusetCpus?: string | undefined;
  /** Memory node numbers. */
  readonly cpusetMems?: string | undefined;
}
