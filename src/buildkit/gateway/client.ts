import { type InputsResponse, LLBBridge } from "../gen/gateway_pb.ts";
import type { Definition } from "../gen/ops_pb.ts";
import { type Bridge, type Call, callOver } from "./bridge.ts";
import type { Capabilities } from "./capabilities.ts";
import { assumedGatewayCapabilities, assumedLlbCapabilities, capabilities } from "./capabilities.ts";
import type { DirectoryEntry } from "./files.ts";
import { readDirectory, readFileStart, readWholeFile } from "./files.ts";
import type { ImageRequest, ResolvedImage } from "./images.ts";
import { resolveImage } from "./images.ts";
import type { FrontendResult, Reference, SolveRequest } from "./solve.ts";
import { resultMessage, solve } from "./solve.ts";
import type { FailureStatus } from "./status.ts";
import type { Transport } from "./transport.ts";
import type { Warning } from "./warnings.ts";
import { warningMessage } from "./warnings.ts";

/** BuildKit as a frontend sees it. Calls reject with a StatusError that keeps BuildKit's details. */
export interface GatewayClient {
  readonly gateway: Capabilities;
  readonly llb: Capabilities;
  /** Builds a definition; nothing runs before the result is read, returned or asked to be evaluated. */
  readonly solve: (request: SolveRequest) => Promise<Reference>;
  /** A file's content, of any size; undefined if there is none. */
  readonly readFile: (reference: Reference, path: string) => Promise<Uint8Array | undefined>;
  /** The first bytes of a file, at most `length`; undefined if there is none. */
  readonly readFileStart: (
    reference: Reference,
    path: string,
    length: number,
  ) => Promise<Uint8Array | undefined>;
  /** One level of a directory; undefined if there is none. */
  readonly readDir: (
    reference: Reference,
    path: string,
    includePattern?: string,
  ) => Promise<readonly DirectoryEntry[] | undefined>;
  readonly resolveImage: (request: ImageRequest) => Promise<ResolvedImage>;
  /** File systems that the caller hands over, by name. */
  readonly inputs: () => Promise<ReadonlyMap<string, Definition>>;
  /** Shows a warning to the person who builds, unless the daemon is too old for it. */
  readonly warn: (warning: Warning) => Promise<void>;
  /** Ends the build. To be called once, this or returnError; the process has to exit afterwards. */
  readonly returnResult: (result: FrontendResult) => Promise<void>;
  readonly returnError: (status: FailureStatus) => Promise<void>;
}

const pingTimeoutSeconds = 15;

/** Asks the daemon what it can do, and returns a client that keeps to it. */
export async function openClient(transport: Transport): Promise<GatewayClient> {
  const call = callOver(transport);
  const ping = callOver(transport, pingTimeoutSeconds)(LLBBridge.method.ping, {});
  // Every build needs both, so neither waits for the other. A daemon without Inputs refuses it, and nobody looks.
  const inputs = call(LLBBridge.method.inputs, {});
  inputs.catch(() => {});
  const pong = await ping;
  const gateway = capabilities(pong.FrontendAPICaps, assumedGatewayCapabilities);
  const llb = capabilities(pong.LLBCaps, assumedLlbCapabilities);
  const bridge: Bridge = { call, gateway, llb };
  return {
    gateway,
    llb,
    solve: (request) => solve(bridge, request),
    readFile: (reference, path) => readWholeFile(bridge, reference, path),
    readFileStart: (reference, path, length) => readFileStart(bridge, reference, path, length),
    readDir: (reference, path, includePattern) => readDirectory(bridge, reference, path, includePattern),
    resolveImage: (request) => resolveImage(bridge, request),
    inputs: async () => (gateway.supports("frontend.inputs") ? definitionsOf(await inputs) : new Map()),
    warn: (warning) => warn(bridge, warning),
    returnResult: async (result) => {
      await call(LLBBridge.method.return, { result: resultMessage(result) });
    },
    returnError: (status) => returnError(call, status),
  };
}

/** Ends the build with an error; also without a client, for failures to open one. */
export async function returnError(call: Call, { code, message, details }: FailureStatus): Promise<void> {
  await call(LLBBridge.method.return, { error: { code, message, details: [...details] } });
}

function definitionsOf({ Definitions }: InputsResponse): ReadonlyMap<string, Definition> {
  return new Map(Object.entries(Definitions));
}

async function warn({ call, gateway }: Bridge, warning: Warning): Promise<void> {
  if (gateway.supports("gateway.warnings")) await call(LLBBridge.method.warn, warningMessage(warning));
}
