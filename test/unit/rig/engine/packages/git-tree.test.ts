import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { entryContent, type FileMap, gitTreeHash } from "../../../../engine/packages/git-tree.ts";
import { tarball } from "../../../../engine/packages/tarball.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "git-tree-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const TREES: Readonly<Record<string, FileMap>> = {
  "one file": { "a.txt": "a\n" },
  "an empty file and binary content": { empty: "", bytes: new Uint8Array([0, 255, 10, 13]) },
  "nested folders": { "src/A.jl": "module A end\n", "src/deep/er/b.jl": "1\n", "Project.toml": "" },
  // Git orders "lib" (a folder) after "lib-2" and "lib.jl", since it compares "lib/".
  "a folder whose name begins other names": { "lib/x": "1", "lib-2": "2", "lib.jl": "3", lib0: "4" },
  "an executable and a symbolic link": {
    "bin/run": { executable: "#!/bin/sh\n" },
    link: { symlink: "bin/run" },
  },
  "names beyond ASCII": { "ü/z": "1", é: "2", 日本: "3" },
};

test.each(Object.entries(TREES))("hashes %s as git does", (_name, files) => {
  writeFiles(files);
  expect(gitTreeHash(files)).toBe(hashByGit());
});

test("the empty tree has git's well-known hash", () => {
  expect(gitTreeHash({})).toBe("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
});

test.each(Object.entries(TREES))("the tarball of %s unpacks to the same tree", (_name, files) => {
  execFileSync("tar", ["-xzf", "-", "-C", folder], { input: tarball(files) });
  expect(hashByGit()).toBe(gitTreeHash(files));
});

test("the tarball's bytes depend on the files alone, not on their order", () => {
  const files = TREES["nested folders"] as FileMap;
  const reversed = Object.fromEntries(Object.entries(files).reverse());
  expect(tarball(reversed).equals(tarball(files))).toBe(true);
});

test("a path that a tar header cannot hold is refused", () => {
  expect(() => tarball({ [`${"x".repeat(101)}`]: "" })).toThrow("path longer");
});

function writeFiles(files: FileMap): void {
  for (const [path, entry] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    const { kind, bytes } = entryContent(entry);
    if (kind === "symlink") symlinkSync(Buffer.from(bytes).toString(), target);
    else writeFileSync(target, bytes);
    if (kind === "executable") chmodSync(target, 0o755);
  }
}

function hashByGit(): string {
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "core.fileMode=true", ...args], { cwd: folder, encoding: "utf8" }).trim();
  git("init", "--quiet");
  git("add", "--all", "--force");
  return git("write-tree");
}
