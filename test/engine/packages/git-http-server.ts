import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createGunzip } from "node:zlib";
import type { GitRepository } from "./git-repository.ts";

export interface GitServer {
  /** `http://127.0.0.1:<port>`; a repository is at `<url>/<name>.git`. */
  readonly url: string;
  /** Paths that were asked for, since the start or the last {@link clear}. */
  requests(): readonly string[];
  clear(): void;
  stop(): Promise<void>;
}

export interface GitServerOptions {
  /** Requests without them are answered with 401, as git hosts do. */
  readonly credentials?: { readonly user: string; readonly password: string };
}

/** Serves repositories by git's smart HTTP protocol (gitprotocol-http(5)), to read only. */
export async function startGitServer(
  repositories: Readonly<Record<string, GitRepository>>,
  { credentials }: GitServerOptions = {},
): Promise<GitServer> {
  let log: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    log.push(pathname);
    const [, name = "", rest = ""] = /^\/([\w.-]+)\.git\/(.*)$/.exec(pathname) ?? [];
    const folder = repositories[name]?.folder;
    if (credentials !== undefined && !isAuthorized(request, credentials)) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end();
    } else if (folder !== undefined && rest === "info/refs" && isRead(searchParams.get("service"))) {
      advertise(folder, response);
    } else if (folder !== undefined && rest === "git-upload-pack" && request.method === "POST") {
      upload(folder, request, response);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => [...log],
    clear: () => {
      log = [];
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isRead(service: string | null): boolean {
  return service === "git-upload-pack";
}

function isAuthorized(
  request: IncomingMessage,
  { user, password }: NonNullable<GitServerOptions["credentials"]>,
): boolean {
  const expected = Buffer.from(`${user}:${password}`).toString("base64");
  return request.headers.authorization === `Basic ${expected}`;
}

function advertise(folder: string, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/x-git-upload-pack-advertisement" });
  // A line with its length in hexadecimal before it, and a flush packet (gitprotocol-common(5)).
  response.write("001e# service=git-upload-pack\n0000");
  uploadPack(["--advertise-refs", folder]).stdout.pipe(response);
}

function upload(folder: string, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/x-git-upload-pack-result" });
  const child = uploadPack([folder]);
  const body = request.headers["content-encoding"] === "gzip" ? request.pipe(createGunzip()) : request;
  // A client may hang up as soon as it has what it wants.
  child.stdin.on("error", () => {});
  body.pipe(child.stdin);
  child.stdout.pipe(response);
}

function uploadPack(args: readonly string[]) {
  // HEAD~3 of a branch may be asked for by its hash, as hosts of git allow.
  const allow = ["-c", "uploadpack.allowAnySHA1InWant=true"];
  return spawn("git", [...allow, "upload-pack", "--stateless-rpc", ...args], {
    stdio: ["pipe", "pipe", "ignore"],
  });
}
