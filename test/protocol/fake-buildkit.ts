import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import { connect } from "node:net";
import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import type { handleUnaryCall, ServiceDefinition } from "@grpc/grpc-js";
import { Metadata, Server, ServerCredentials } from "@grpc/grpc-js";
import type { CapabilityEntry } from "../../src/buildkit/gateway/capabilities.ts";
import type { FailureStatus } from "../../src/buildkit/gateway/status.ts";
import type { ReturnRequest, SolveRequest, WarnRequest } from "../../src/buildkit/gen/gateway_pb.ts";
import { LLBBridge } from "../../src/buildkit/gen/gateway_pb.ts";
import type { Definition, Platform } from "../../src/buildkit/gen/ops_pb.ts";
import { StatusSchema } from "../../src/buildkit/gen/status_pb.ts";
import { currentGatewayCapabilities, currentLlbCapabilities } from "./capabilities.ts";
import { refuseInvalid, sourceOf } from "./fake-definitions.ts";
import type { FileTree } from "./fake-files.ts";
import { listFolder, readFrom, statOf } from "./fake-files.ts";

export type MethodName = keyof typeof LLBBridge.method;

export interface FakeBuildkitOptions {
  /** Those of a current Docker by default; an empty list plays the oldest daemons, which listed none. */
  readonly gatewayCapabilities?: readonly (string | CapabilityEntry)[];
  readonly llbCapabilities?: readonly (string | CapabilityEntry)[];
  /** What is in the sources, by identifier as `local://context`. */
  readonly sources?: Readonly<Record<string, FileTree>>;
  /** By name without scheme. `renamedTo` plays a source policy. */
  readonly images?: Readonly<Record<string, FakeImage>>;
  readonly inputs?: Readonly<Record<string, Definition>>;
  /** What calls of a method answer instead. */
  readonly failures?: Partial<Record<MethodName, FailureStatus>>;
  /** The method whose first call breaks the connection. */
  readonly hangUpAt?: MethodName;
  /** Told of each call before it is answered. */
  readonly onCall?: (name: MethodName) => void;
}

export interface FakeImage {
  readonly digest: string;
  readonly config: string;
  readonly renamedTo?: string;
  readonly isNoImage?: boolean;
  /** Its configuration names whatever platform is asked for. */
  readonly isForEveryPlatform?: boolean;
}

/** A daemon for tests: BuildKit's side of the protocol over real HTTP/2, and a record of what was asked. */
export interface FakeBuildkit {
  readonly calls: readonly MethodName[];
  readonly requests: <Name extends MethodName>(
    name: Name,
  ) => readonly MessageShape<(typeof LLBBridge.method)[Name]["input"]>[];
  readonly solves: () => readonly SolveRequest[];
  readonly warnings: () => readonly WarnRequest[];
  /** What the frontend ended with. */
  readonly returned: () => ReturnRequest | undefined;
  /** When that was, as performance.now() counts. */
  readonly returnedAt: () => number | undefined;
  /** A connection to the daemon, to be made the frontend's stdin and stdout. */
  readonly dial: () => Socket;
  readonly stop: () => void;
}

const messageLimit = 16 << 20;

export async function startFakeBuildkit(options: FakeBuildkitOptions = {}): Promise<FakeBuildkit> {
  const recorded: { readonly name: MethodName; readonly request: unknown; readonly at: number }[] = [];
  const connections: Socket[] = [];
  const path = `\0fake-buildkit-${randomUUID()}`;
  const server = new Server({
    "grpc.max_send_message_length": messageLimit,
    "grpc.max_receive_message_length": messageLimit,
  });
  const answers = answersOf(options);
  const serve =
    (name: MethodName): handleUnaryCall<unknown, unknown> =>
    (call, callback) => {
      recorded.push({ name, request: call.request, at: performance.now() });
      options.onCall?.(name);
      if (options.hangUpAt === name) for (const connection of connections) connection.destroy();
      const failure = options.failures?.[name];
      if (failure !== undefined) return callback(grpcError(failure));
      try {
        callback(null, answers[name](call.request as never));
      } catch (error) {
        callback({ code: 2, details: (error as Error).message });
      }
    };
  const methods = Object.keys(LLBBridge.method) as MethodName[];
  server.addService(serviceDefinition(), Object.fromEntries(methods.map((name) => [name, serve(name)])));
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${path}`, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
  const requests = (name: MethodName) =>
    recorded.filter((call) => call.name === name).map((call) => call.request);
  return {
    get calls() {
      return recorded.map(({ name }) => name);
    },
    requests: requests as FakeBuildkit["requests"],
    solves: () => requests("solve") as readonly SolveRequest[],
    warnings: () => requests("warn") as readonly WarnRequest[],
    returned: () => requests("return").at(-1) as ReturnRequest | undefined,
    returnedAt: () => recorded.findLast(({ name }) => name === "return")?.at,
    dial: () => {
      const socket = connect({ path });
      connections.push(socket);
      return socket;
    },
    stop: () => server.forceShutdown(),
  };
}

type Answers = {
  readonly [Name in MethodName]: (
    request: MessageShape<(typeof LLBBridge.method)[Name]["input"]>,
  ) => MessageInitShape<(typeof LLBBridge.method)[Name]["output"]>;
};

function answersOf(options: FakeBuildkitOptions): Answers {
  const references = new Map<string, { readonly definition: Definition; readonly tree: FileTree }>();
  const treeOf = (id: string): FileTree => {
    const reference = references.get(id);
    if (reference === undefined) throw new Error(`no such ref: ${id}`);
    return reference.tree;
  };
  const llbCapabilities = entriesOf(options.llbCapabilities ?? currentLlbCapabilities);
  let isReturned = false;
  return {
    ping: () => ({
      FrontendAPICaps: entriesOf(options.gatewayCapabilities ?? currentGatewayCapabilities),
      LLBCaps: llbCapabilities,
    }),
    solve: ({ Definition: definition }) => {
      if (definition === undefined || definition.def.length === 0) {
        return { result: { result: { case: "ref", value: { id: "" } } } };
      }
      refuseInvalid(definition, llbCapabilities);
      const id = `ref-${references.size}`;
      references.set(id, { definition, tree: options.sources?.[sourceOf(definition) ?? ""] ?? {} });
      return { result: { result: { case: "ref", value: { id } } } };
    },
    readFile: ({ Ref, FilePath, Range }) => {
      const content = readFrom(treeOf(Ref), FilePath);
      const start = Number(Range?.Offset ?? 0);
      const end = Range === undefined ? content.length : start + Number(Range.Length);
      return { Data: Uint8Array.from(content.subarray(start, end)) };
    },
    statFile: ({ Ref, Path }) => ({ stat: statOf(treeOf(Ref), Path) }),
    readDir: ({ Ref, DirPath }) => ({ entries: [...listFolder(treeOf(Ref), DirPath)] }),
    evaluate: ({ Ref }) => {
      treeOf(Ref);
      return {};
    },
    resolveSourceMeta: ({ Source, Platform }) => {
      const [scheme = "", name = ""] = (Source?.identifier ?? "").split("://");
      const image = imageOf(options, name, Platform);
      const identifier = `${scheme}://${image.renamedTo ?? name}`;
      const { digest: Digest, config } = image;
      const resolved = { Digest, Config: Uint8Array.from(Buffer.from(config)) };
      return { Source: { identifier }, ...(image.isNoImage ? {} : { Image: resolved }) };
    },
    resolveImageConfig: ({ Ref, Platform }) => {
      const { digest: Digest, config, renamedTo } = imageOf(options, Ref, Platform);
      return { Digest, Config: Uint8Array.from(Buffer.from(config)), Ref: renamedTo ?? "" };
    },
    inputs: () => ({ Definitions: options.inputs ?? {} }),
    warn: () => ({}),
    return: ({ result, error }) => {
      if (result === undefined && error === undefined)
        throw new Error("an empty Return would stop the daemon");
      if (isReturned) throw new Error("gateway result is already set");
      for (const id of idsOf(result)) if (id !== "") treeOf(id);
      isReturned = true;
      return {};
    },
  };
}

function idsOf(result: ReturnRequest["result"]): readonly string[] {
  if (result?.result.case === "ref") return [result.result.value.id];
  if (result?.result.case === "refs") return Object.values(result.result.value.refs).map(({ id }) => id);
  return [];
}

function imageOf({ images }: FakeBuildkitOptions, name: string, platform: Platform | undefined): FakeImage {
  const image = images?.[name];
  if (image === undefined) throw new Error(`${name}: not found`);
  if (!image.isForEveryPlatform || platform === undefined) return image;
  const { OS: os, Architecture: architecture } = platform;
  return { ...image, config: JSON.stringify({ ...JSON.parse(image.config), os, architecture }) };
}

function entriesOf(capabilities: readonly (string | CapabilityEntry)[]): CapabilityEntry[] {
  return capabilities.map((capability) =>
    typeof capability === "string" ? { ID: capability, Enabled: true, DisabledReasonMsg: "" } : capability,
  );
}

function grpcError({ code, message, details }: FailureStatus) {
  const metadata = new Metadata();
  const status = create(StatusSchema, { code, message, details: [...details] });
  if (details.length > 0)
    metadata.set("grpc-status-details-bin", Buffer.from(toBinary(StatusSchema, status)));
  return { code, details: message, metadata };
}

function serviceDefinition(): ServiceDefinition {
  const methods = Object.entries(LLBBridge.method).map(
    ([name, method]) => [name, methodDefinition(method)] as const,
  );
  return Object.fromEntries(methods);
}

function methodDefinition(method: DescMethodUnary<DescMessage, DescMessage>) {
  const serialize = (schema: DescMessage) => (message: MessageShape<DescMessage>) =>
    Buffer.from(toBinary(schema, create(schema, message)));
  const deserialize = (schema: DescMessage) => (bytes: Buffer) => fromBinary(schema, Uint8Array.from(bytes));
  return {
    path: `/${method.parent.typeName}/${method.name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: serialize(method.input),
    requestDeserialize: deserialize(method.input),
    responseSerialize: serialize(method.output),
    responseDeserialize: deserialize(method.output),
  };
}
