import { createServer, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { AddressInfo } from "node:net";

/** A server on the loopback that passes on what another one has, and counts it. */
export interface CountingProxy {
  readonly url: string;
  /** Bytes of bodies that were sent since the last call. */
  take(): number;
  stop(): Promise<void>;
}

/** Starts a proxy for reading from the server at a URL. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  let bytes = 0;
  const upstream = new URL(target);
  const ask = upstream.protocol === "https:" ? requestHttps : requestHttp;
  const server = createServer((asked, answer) => {
    const url = new URL(`${upstream.pathname.replace(/\/$/, "")}${asked.url}`, upstream);
    const headers = { ...asked.headers, host: upstream.host };
    const forward = ask(url, { method: asked.method, headers }, (received) => {
      answer.writeHead(received.statusCode ?? 502, received.headers);
      received.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      received.pipe(answer);
    });
    forward.on("error", () => answer.destroy());
    answer.on("close", () => forward.destroy());
    asked.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
