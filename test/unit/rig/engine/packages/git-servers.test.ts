import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../../../../engine/command.ts";
import { startGitServer } from "../../../../engine/packages/git-http-server.ts";
import { type GitRepository, makeGitRepository } from "../../../../engine/packages/git-repository.ts";
import { startGitSshServer } from "../../../../engine/packages/git-ssh-server.ts";
import { gitTreeHash } from "../../../../engine/packages/git-tree.ts";

const { Client } = createRequire(import.meta.url)("ssh2") as typeof import("ssh2");

const files = { "src/A.jl": "module A end\n", run: { executable: "#!/bin/sh\n" }, link: { symlink: "run" } };

let folder: string;
let repository: GitRepository;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "git-servers-"));
  repository = await makeGitRepository(join(folder, "a.git"));
  await repository.commit({ old: "1" });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Clones with the program `git`, which asks nobody anything. */
function clone(url: string, environment: Readonly<Record<string, string>> = {}) {
  const quiet = { GIT_TERMINAL_PROMPT: "0", GIT_CONFIG_GLOBAL: "/dev/null", HOME: folder };
  return run("git", ["clone", "--quiet", url, join(folder, "clone")], {
    environment: { PATH: process.env.PATH, ...quiet, ...environment },
  });
}

it("a repository holds the files of its last commit", async () => {
  await repository.commit(files);
  const { stdout } = await run("git", ["-C", repository.folder, "rev-parse", "main^{tree}"]);
  expect(stdout.trim()).toBe(gitTreeHash(files));
});

describe("the HTTP server", () => {
  it("serves to those who have the credentials, and to no others", async () => {
    const server = await startGitServer(
      { a: repository },
      { credentials: { user: "ada", password: "secret" } },
    );
    try {
      expect((await clone(`${server.url}/a.git`)).code).not.toBe(0);
      expect((await clone(server.url.replace("//", "//ada:secret@").concat("/a.git"))).code).toBe(0);
      expect(await readFile(join(folder, "clone/old"), "utf8")).toBe("1");
      expect(server.requests()).toContain("/a.git/git-upload-pack");
      expect((await fetch(`${server.url}/b.git/info/refs?service=git-upload-pack`)).status).toBe(401);
    } finally {
      await server.stop();
    }
  });
});

/** What the server says to a command, or why it did not run it. */
function execute(url: string, privateKey: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.on("error", reject);
    client.on("ready", () => {
      client.exec(command, (error, channel) => {
        if (error) {
          client.end();
          reject(error);
          return;
        }
        // A flush packet: nothing is wanted.
        channel.once("data", (data: Buffer) => {
          resolve(data.toString());
          channel.end("0000");
          client.end();
        });
      });
    });
    client.connect({ host: "127.0.0.1", port: Number(new URL(url).port), username: "git", privateKey });
  });
}

describe("the ssh server", () => {
  it("serves to the one key, and to no other, and runs nothing else", async () => {
    const server = await startGitSshServer({ a: repository });
    const other = await startGitSshServer({ a: repository });
    try {
      await expect(execute(server.url, other.privateKey, "git-upload-pack '/a.git'")).rejects.toThrow(
        /authentication/,
      );
      await expect(execute(server.url, server.privateKey, "id")).rejects.toThrow();
      await expect(execute(server.url, server.privateKey, "git-upload-pack '/b.git'")).rejects.toThrow();
      const advertised = await execute(server.url, server.privateKey, "git-upload-pack '/a.git'");
      expect(advertised).toContain("refs/heads/main");
    } finally {
      await Promise.all([server.stop(), other.stop()]);
    }
  });
});
