import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
import { create, type DescMessage, type DescMethodUnary, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import { LLBBridge, type ReturnRequest } from "../src/buildkit/gen/gateway_pb.ts";

/** What one build asks BuildKit about. */
export interface StandInOptions {
  /** Files of the build context by name; there are no folders. */
  readonly files: ReadonlyMap<string, string>;
  /** Configuration of the one image that there is. */
  readonly imageConfig: object;
}

/** BuildKit's side of one build, as far as the code cache needs it: whatever is built is taken for the build context. */
export interface StandIn {
  /** A connection, to be made the frontend's stdin and stdout. */
  readonly dial: () => Socket;
  /** What the frontend ended with. */
  readonly returned: () => ReturnRequest | undefined;
  readonly stop: () => void;
}

export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const path = `\0stand-in-buildkit-${randomUUID()}`;
  const server = new Server();
  let returned: ReturnRequest | undefined;
  const answers: Answers = {
    ...answersOf(options),
    return: (request) => {
      returned = request;
      return {};
    },
  };
  const names = Object.keys(LLBBridge.method) as (keyof typeof LLBBridge.method)[];
  const methods = names.map((name) => [name, definitionOf(LLBBridge.method[name])] as const);
  const handlers = names.map((name) => {
    const handler: handleUnaryCall<object, object> = ({ request }, callback) =>
      callback(null, answers[name]?.(request as Asked) ?? {});
    return [name, handler] as const;
  });
  server.addService(Object.fromEntries(methods), Object.fromEntries(handlers));
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${path}`, ServerCredentials.createInsecure(), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
  return { dial: () => connect({ path }), returned: () => returned, stop: () => server.forceShutdown() };
}

const gatewayCapabilities = [
  ...["solve.base", "solve.inlinereturn", "resolveimage", "readfile", "readdir", "source.metaresolver"],
  ...["gateway.solve.evaluate", "gateway.warnings", "frontend.inputs"],
];

/** Those that the steps of a small project name. */
const llbCapabilities = [
  ...["source.image", "source.local", "source.local.sessionid", "source.local.includepatterns"],
  ...["source.local.excludepatterns", "source.local.followpaths", "source.local.sharedkeyhint"],
  ...["constraints", "platform", "meta.description", "file.base", "exec.meta.base", "exec.meta.network"],
  ...["exec.meta.setsdefaultpath", "exec.mount.bind", "exec.mount.cache", "exec.mount.cache.sharing"],
  ...["exec.mount.selector", "exec.mount.tmpfs"],
];

/** What is looked at of requests. */
type Asked = { readonly FilePath: string } & ReturnRequest;

type Answers = Readonly<Record<string, (request: Asked) => object>>;

function answersOf({ files, imageConfig }: StandInOptions): Answers {
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
  return {
    ping: () => ({ FrontendAPICaps: gatewayCapabilities.map(entry), LLBCaps: llbCapabilities.map(entry) }),
    solve: () => ({ result: { result: { case: "ref", value: { id: "context" } } } }),
    readFile: ({ FilePath }) => ({ Data: bytes(files.get(FilePath) ?? "") }),
    readDir: () => ({
      entries: [...files].map(([path, text]) => ({ path, mode: 0o644, size: BigInt(text.length) })),
    }),
    resolveSourceMeta: () => ({
      Image: { Digest: `sha256:${"0".repeat(64)}`, Config: bytes(JSON.stringify(imageConfig)) },
    }),
  };
}

function entry(ID: string) {
  return { ID, Enabled: true };
}

function definitionOf({ parent, name, input, output }: DescMethodUnary<DescMessage, DescMessage>) {
  const written = (schema: DescMessage) => (message: object) =>
    Buffer.from(toBinary(schema, create(schema, message as Record<string, unknown>)));
  const read = (schema: DescMessage) => (bytes: Buffer) => fromBinary(schema, Uint8Array.from(bytes));
  return {
    path: `/${parent.typeName}/${name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: written(input),
    requestDeserialize: read(input),
    responseSerialize: written(output),
    responseDeserialize: read(output),
  };
}
