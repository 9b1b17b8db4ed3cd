import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** A connection that breaks before the answer begins, one that breaks half-way through the body, or another HTTP status. */
export type RegistryFault = "drop" | "half" | { readonly status: number };

/** A registry that passes on what another one has, and can be told to spoil it. */
export interface RegistryProxy {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  /** Asks for each request from now on how to spoil it; called without a function, for none. */
  spoil(choose?: (path: string) => RegistryFault | undefined): void;
  stop(): Promise<void>;
}

/** Starts a proxy for reading from the registry at an address on the loopback. */
export async function startRegistryProxy(target: string): Promise<RegistryProxy> {
  let choose: (path: string) => RegistryFault | undefined = () => undefined;
  const server = createServer((asked, answer) => {
    const path = asked.url ?? "/";
    const fault = choose(path);
    if (fault === "drop") asked.socket.destroy();
    else if (typeof fault === "object") answer.writeHead(fault.status).end();
    else passOn(target, asked, answer, fault === "half");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    spoil: (chooser = () => undefined) => {
      choose = chooser;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function passOn(target: string, asked: IncomingMessage, answer: ServerResponse, onlyHalf: boolean): void {
  const { method = "GET", headers } = asked;
  const forward = request(`http://${target}${asked.url}`, { method, headers }, (received) => {
    answer.writeHead(received.statusCode ?? 502, received.headers);
    if (onlyHalf) sendHalf(received, answer);
    else received.pipe(answer);
  });
  forward.on("error", () => answer.destroy());
  // Whoever asked may hang up.
  answer.on("close", () => forward.destroy());
  asked.pipe(forward);
}

function sendHalf(received: IncomingMessage, answer: ServerResponse): void {
  const half = Math.floor(lengthOf(received.headers) / 2);
  let sent = 0;
  received.on("data", (chunk: Buffer) => {
    const part = chunk.subarray(0, Math.max(0, half - sent));
    sent += part.length;
    answer.write(part, () => sent >= half && answer.destroy());
  });
  received.on("end", () => answer.destroy());
  received.on("error", () => answer.destroy());
}

function lengthOf(headers: IncomingHttpHeaders): number {
  return Number(headers["content-length"] ?? 0);
}
