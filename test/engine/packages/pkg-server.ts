import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Catalogue } from "./catalogue.ts";

export interface ServedRequest {
  readonly path: string;
  /** Bytes of the body that were meant to be sent. */
  readonly bytes: number;
  readonly status: number;
}

/**
 * What goes wrong with a request: another HTTP status, a body with some bytes changed, a connection that breaks half-way
 * through the body, one that breaks before the answer begins, or one that stays open after half of the body.
 */
export type Fault = { readonly status: number } | "corrupt" | "truncate" | "drop" | "hang";

export interface PkgServer {
  /** Value for JULIA_PKG_SERVER. */
  readonly url: string;
  /** What was asked for since the start or the last {@link clear}. */
  requests(): readonly ServedRequest[];
  clear(): void;
  /** Spoils the next `times` requests whose path starts with `path`. */
  fail(path: string, fault: Fault, times?: number): void;
  /** Asks for each request from now on how to spoil it; called without a function, for none. */
  spoil(choose?: (path: string) => Fault | undefined): void;
  /** Serves another catalogue from now on: a registry that has moved on, say. */
  publish(catalogue: Catalogue): void;
  stop(): Promise<void>;
}

export interface PkgServerOptions {
  /** A free one when left out. */
  readonly port?: number;
  /** Requests must bear this token; others are answered with 401. */
  readonly token?: string;
  /** Milliseconds that every answer takes at least. */
  readonly delay?: number;
}

interface PlannedFault {
  readonly path: string;
  readonly fault: Fault;
  left: number;
}

/** A Pkg server (the protocol of Pkg.jl's docs/src/protocol.md) on the loopback. */
export async function startPkgServer(initial: Catalogue, options: PkgServerOptions = {}): Promise<PkgServer> {
  let resources = resourcesOf(initial);
  let log: ServedRequest[] = [];
  const faults: PlannedFault[] = [];
  let choose: (path: string) => Fault | undefined = () => undefined;

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const planned = faults.find((candidate) => candidate.left > 0 && path.startsWith(candidate.path));
    if (planned !== undefined) planned.left -= 1;
    const fault = planned?.fault ?? choose(path);
    const answer = answerFor(resources.get(path)?.(), fault, authorized(request, options.token));
    log.push({ path, bytes: answer.body.length, status: answer.status });
    setTimeout(() => send(request, response, answer), options.delay ?? 0);
  });
  await listen(server, options.port ?? 0);

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => [...log],
    clear: () => {
      log = [];
    },
    fail: (path, fault, times = 1) => {
      faults.push({ path, fault, left: times });
    },
    spoil: (chooser = () => undefined) => {
      choose = chooser;
    },
    publish: (catalogue) => {
      resources = resourcesOf(catalogue);
    },
    stop: () => close(server),
  };
}

type Resources = ReadonlyMap<string, () => Buffer>;

function resourcesOf(catalogue: Catalogue): Resources {
  const resources = new Map<string, () => Buffer>();
  const registryPaths = catalogue.registries.map(({ uuid, treeHash }) => `/registry/${uuid}/${treeHash}`);
  resources.set("/registries", () => Buffer.from(registryPaths.map((path) => `${path}\n`).join("")));
  for (const [index, registry] of catalogue.registries.entries()) {
    resources.set(registryPaths[index] as string, () => registry.tarball);
  }
  for (const fixture of catalogue.packages) {
    resources.set(`/package/${fixture.uuid}/${fixture.treeHash}`, fixture.tarball);
  }
  for (const artifact of catalogue.artifacts) {
    resources.set(`/artifact/${artifact.treeHash}`, () => artifact.tarball);
  }
  return resources;
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** What becomes of the connection before all of it is sent. */
  readonly broken?: "drop" | "truncate" | "hang";
}

function answerFor(body: Buffer | undefined, fault: Fault | undefined, allowed: boolean): Answer {
  const refuse = (status: number): Answer => ({ status, body: Buffer.from(`${status}\n`) });
  if (!allowed) return refuse(401);
  if (typeof fault === "object") return refuse(fault.status);
  if (body === undefined) return refuse(404);
  if (fault === "corrupt") return { status: 200, body: corrupted(body) };
  return { status: 200, body, ...(fault === undefined ? {} : { broken: fault }) };
}

function corrupted(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  const middle = Math.floor(copy.length / 2);
  for (let index = middle; index < Math.min(middle + 16, copy.length); index++) {
    copy[index] = (copy[index] as number) ^ 0xff;
  }
  return copy;
}

function authorized(request: IncomingMessage, token: string | undefined): boolean {
  return token === undefined || request.headers.authorization === `Bearer ${token}`;
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (answer.broken === "drop") {
    request.socket.destroy();
    return;
  }
  response.writeHead(answer.status, {
    "content-length": answer.body.length,
    "content-type": "application/octet-stream",
  });
  if (request.method === "HEAD") {
    response.end();
  } else if (answer.broken !== undefined) {
    const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
    response.write(half, () => answer.broken === "truncate" && response.destroy());
  } else {
    response.end(answer.body);
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
