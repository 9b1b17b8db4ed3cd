import type { Input, Op, OpMetadata } from "../gen/ops_pb.ts";
import type { Platform } from "./platform.ts";
import type { SourceLocation } from "./source-map.ts";

/** One step of the build graph. Never changed after its constructor has returned it. */
export interface Vertex {
  /** The file systems that it uses, each once, in the order in which a definition has the steps that make them. */
  readonly inputs: readonly Output[];
  readonly options: VertexOptions;
  /** The operation by which a definition has the vertex, or its bytes where someone else has made them. */
  readonly operation: ((context: OperationContext) => Operation) | EncodedOperation;
}

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
  /** Whether the result goes into an exported cache, if the exporter does not decide. */
  readonly exportCache?: boolean | undefined;
  readonly linuxResources?: LinuxResources | undefined;
  /** Defaults to that of the input, then to that of the build. */
  readonly platform?: Platform | undefined;
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

/** An operation ready to be encoded. */
export interface Operation {
  readonly inputs: readonly Input[];
  readonly op: Op["op"];
  /** Present for the operations whose result depends on it. */
  readonly platform?: Platform | undefined;
  /** Ids of what the daemon must support. */
  readonly capabilities: readonly string[];
}

/** An operation as it stands in a definition, with what the definition says of it beside the bytes. */
export interface EncodedOperation {
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly metadata: OpMetadata;
}

/** What an operation needs to know of the definition it becomes part of. */
export interface OperationContext {
  /** The edge to an output, by its vertex's digest. */
  readonly inputOf: (output: Output) => Input;
  /** That of the build. */
  readonly platform: Platform;
  /** Whether the daemon has a capability; absent if that is not known. */
  readonly supports?: ((capability: string) => boolean) | undefined;
  readonly localUniqueId?: string | undefined;
}
