import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a push sent. */
export interface Push {
  /** Bytes of layers and configurations that the registry did not have. */
  readonly sent: number;
  /** Bytes of all layers of the last manifest but those that were pushed before {@link CountingRegistry.rememberBase}. */
  readonly own: number;
}

/**
 * A registry on the loopback that keeps the digests of what is pushed, and forgets the content: it counts what a push to an
 * ordinary one sends (OCI distribution specification, "Pushing Blobs"), and takes no room on the disk.
 */
export interface CountingRegistry {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  /** What was pushed until now is the base image of what follows. */
  rememberBase(): void;
  /** What was sent since the last call. */
  take(): Push;
  stop(): Promise<void>;
}

interface Manifest {
  readonly layers?: readonly { readonly digest: string; readonly size: number }[];
}

export async function startCountingRegistry(): Promise<CountingRegistry> {
  const known = new Set<string>();
  let base = new Set<string>();
  let sent = 0;
  let last: Manifest = {};
  /** Bytes by upload, which an answer to a part of it has to name. */
  const uploads = new Map<string, number>();

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://registry");
    const method = request.method ?? "GET";
    const [, kind, reference = ""] = /^\/v2\/.+\/(blobs|manifests)\/(.*)$/.exec(url.pathname) ?? [];
    if (kind === undefined) return end(response, 200);
    if (method === "HEAD" || method === "GET") return end(response, known.has(reference) ? 200 : 404);
    const body = await received(request, kind === "manifests");
    if (kind === "manifests") {
      last = JSON.parse(body.text) as Manifest;
      const digest = `sha256:${createHash("sha256").update(body.text).digest("hex")}`;
      known.add(digest);
      return end(response, 201, { "docker-content-digest": digest, location: url.pathname });
    }
    sent += body.bytes;
    uploads.set(url.pathname, (uploads.get(url.pathname) ?? 0) + body.bytes);
    if (method !== "PUT") {
      const place = method === "POST" ? `${url.pathname.replace(/\/$/, "")}/${randomUUID()}` : url.pathname;
      return end(response, 202, {
        location: place,
        range: `0-${Math.max(0, (uploads.get(place) ?? 0) - 1)}`,
      });
    }
    const digest = url.searchParams.get("digest") ?? "";
    known.add(digest);
    return end(response, 201, { "docker-content-digest": digest, location: url.pathname });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    rememberBase: () => {
      base = new Set(known);
      sent = 0;
    },
    take: () => {
      const own = (last.layers ?? []).filter(({ digest }) => !base.has(digest));
      const push = { sent, own: own.reduce((bytes, { size }) => bytes + size, 0) };
      sent = 0;
      last = {};
      return push;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-length": 0, ...headers }).end();
}

async function received(
  request: IncomingMessage,
  keeps: boolean,
): Promise<{ readonly bytes: number; readonly text: string }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (keeps) chunks.push(chunk);
  }
  return { bytes, text: Buffer.concat(chunks).toString() };
}
