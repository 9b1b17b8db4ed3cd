import { randomUUID } from "node:crypto";
import type { Server, Socket } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline, type Readable, type Writable } from "node:stream";
import { fromBinary } from "@bufbuild/protobuf";
import type { ServiceError } from "@grpc/grpc-js";
import { Client, credentials } from "@grpc/grpc-js";
import { StatusSchema } from "../gen/status_pb.ts";
import { withoutOpening } from "./opening.ts";
import type { FailureStatus } from "./status.ts";
import { StatusError } from "./status.ts";

/** The two directions of the connection with BuildKit: a container's stdin and stdout. */
export interface Wire {
  readonly input: Readable;
  readonly output: Writable;
  /** The beginning of the connection, if that is on its way already. */
  readonly sentOpening?: Uint8Array | undefined;
}

export interface Transport {
  /** Calls a gRPC method, `/package.Service/Method`. Rejects with a StatusError. */
  readonly call: (method: string, request: Uint8Array, timeoutSeconds?: number) => Promise<Uint8Array>;
  readonly close: () => void;
}

/** BuildKit's own limit of one message, in both directions (containerd's defaults). */
export const messageLimit = 16 << 20;

const channelOptions = {
  "grpc.max_send_message_length": messageLimit,
  "grpc.max_receive_message_length": messageLimit,
  // HTTP/2 starts with windows of 64 KiB, which would stop every larger file once or more.
  "grpc-node.flow_control_window": messageLimit,
  "grpc.enable_http_proxy": 0,
  "grpc.enable_retries": 0,
  "grpc.enable_channelz": 0,
  "grpc.service_config_disable_resolution": 1,
  // A build may be silent for hours, and the connection cannot be made twice.
  "grpc.client_idle_timeout_ms": 2 ** 31 - 1,
};

/**
 * Speaks gRPC over a wire. BuildKit is the server although it started us (frontend/gateway/gateway.go), and
 * closes the wire if the HTTP/2 preface has not come 10 s after it made the container: the connection starts here
 * and now, not with the first call.
 *
 * grpc-js dials addresses only. So it dials a socket of ours whose one connection is piped to the wire.
 */
export async function connect(wire: Wire): Promise<Transport> {
  const path = socketPath();
  const server = await listen(path, (socket) => joinToWire(socket, wire));
  const client = new Client(`unix:${path}`, credentials.createInsecure(), channelOptions);
  client.getChannel().getConnectivityState(true);
  return {
    call: (method, request, timeoutSeconds) => unaryCall(client, method, request, timeoutSeconds),
    close: () => {
      client.close();
      server.close();
    },
  };
}

/**
 * On Linux an abstract name: a container need not have a folder that can be written. Others in the network
 * namespace could dial it, so the name cannot be guessed and only the first connection is taken.
 */
function socketPath(): string {
  const name = `julia-frontend-${randomUUID()}`;
  return process.platform === "linux" ? `\0${name}` : join(tmpdir(), name);
}

function listen(path: string, onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      server.close();
      onConnection(socket);
    });
    server.maxConnections = 1;
    server.once("error", reject);
    server.listen({ path }, () => resolve(server));
  });
}

function joinToWire(socket: Socket, { input, output, sentOpening }: Wire): void {
  input.pipe(socket);
  if (sentOpening === undefined) socket.pipe(output);
  else pipeline(socket, withoutOpening(sentOpening), output, () => socket.destroy());
  for (const stream of [input, output]) stream.on("error", () => socket.destroy());
  socket.on("error", () => output.end());
}

function unaryCall(
  client: Client,
  method: string,
  request: Uint8Array,
  timeoutSeconds: number | undefined,
): Promise<Uint8Array> {
  const options = timeoutSeconds === undefined ? {} : { deadline: Date.now() + timeoutSeconds * 1000 };
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest<Uint8Array, Uint8Array>(
      method,
      asBuffer,
      asBytes,
      request,
      options,
      (error, response) => {
        if (error !== null) reject(new StatusError(statusOfCall(error)));
        else resolve(response ?? new Uint8Array());
      },
    );
  });
}

/** The whole status of a failed call, its details among it, which plain gRPC errors leave to a trailer. */
function statusOfCall(error: ServiceError): FailureStatus {
  const [trailer] = error.metadata.get("grpc-status-details-bin");
  const plain = { code: error.code, message: error.details, details: [] };
  if (trailer === undefined || typeof trailer === "string") return plain;
  try {
    return fromBinary(StatusSchema, asBytes(trailer));
  } catch {
    return plain;
  }
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
/** A view without Buffer's own methods, which would leak into every message decoded from it. */
const asBytes = (buffer: Buffer) => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
