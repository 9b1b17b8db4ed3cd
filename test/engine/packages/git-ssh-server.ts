import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { ServerChannel } from "ssh2";
import type { GitRepository } from "./git-repository.ts";

// A CommonJS module whose exports Node cannot list.
const { Server, utils } = createRequire(import.meta.url)("ssh2") as typeof import("ssh2");

// The last one is what Debian's libssh2 and this server have in common.
const KEY_EXCHANGES = [
  "curve25519-sha256",
  "ecdh-sha2-nistp256",
  "diffie-hellman-group14-sha256",
  "diffie-hellman-group14-sha1",
] as const;

export interface GitSshServer {
  /** `ssh://git@127.0.0.1:<port>`; a repository is at `<url>/<name>.git`. */
  readonly url: string;
  /** The private key that may log in, as an OpenSSH key file. */
  readonly privateKey: string;
  /** Lines of a known_hosts file: with the port for OpenSSH, without it for libgit2. */
  readonly knownHosts: readonly string[];
  /** Commands that were run. */
  commands(): readonly string[];
  stop(): Promise<void>;
}

/** Serves repositories by ssh to whoever has the key: `git-upload-pack` and nothing else. */
export async function startGitSshServer(
  repositories: Readonly<Record<string, GitRepository>>,
): Promise<GitSshServer> {
  // Debian builds libssh2 with libgcrypt; its host keys are RSA alone.
  const hostKeys = [newKeyPair(), utils.generateKeyPairSync("rsa", { bits: 3072 })];
  const userKey = newKeyPair();
  const allowed = publicKey(userKey.public);
  const log: string[] = [];
  const options = { hostKeys: hostKeys.map((key) => key.private), algorithms: { kex: [...KEY_EXCHANGES] } };
  const server = new Server(options, (client) => {
    client.on("error", () => {});
    client.on("authentication", (context) => {
      const isKey = context.method === "publickey" && context.key.data.equals(allowed.getPublicSSH());
      const isProven =
        isKey &&
        (context.signature === undefined ||
          allowed.verify(context.blob as Buffer, context.signature, context.hashAlgo) === true);
      if (isProven) context.accept();
      else context.reject(["publickey"]);
    });
    client.on("session", (accept) => {
      accept().on("exec", (acceptExec, refuse, { command }) => {
        log.push(command);
        const name = /^git-upload-pack '\/?([\w.-]+)\.git'$/.exec(command)?.[1] ?? "";
        const folder = repositories[name]?.folder;
        if (folder === undefined) refuse();
        else uploadPack(folder, acceptExec());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const keys = hostKeys.map((key) => key.public.split(" ").slice(0, 2).join(" "));
  return {
    url: `ssh://git@127.0.0.1:${port}`,
    privateKey: userKey.private,
    knownHosts: keys.flatMap((key) => [`[127.0.0.1]:${port} ${key}`, `127.0.0.1 ${key}`]),
    commands: () => [...log],
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/**
 * ssh2 1.17 strips zero bytes at the beginning of an Ed25519 public key, so that one pair of 256 is none
 * (https://github.com/mscdex/ssh2/issues/1513): another is made then.
 */
function newKeyPair(): ReturnType<typeof utils.generateKeyPairSync> {
  const pair = utils.generateKeyPairSync("ed25519");
  return utils.parseKey(pair.public) instanceof Error ? newKeyPair() : pair;
}

function publicKey(text: string) {
  const key = utils.parseKey(text);
  if (key instanceof Error) throw key;
  return key;
}

function uploadPack(folder: string, channel: ServerChannel): void {
  const child = spawn("git", ["upload-pack", folder], { stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.on("error", () => {});
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.on("close", (code) => {
    channel.exit(code ?? 1);
    channel.end();
  });
}
