import { describe, expect, it } from "vitest";
import { isArchive, isGitUrl } from "../../../src/engine/remote.ts";

const heads = {
  gzip: Buffer.from("1f8b0800", "hex"),
  bzip2: Buffer.from("BZh9"),
  xz: Buffer.from("fd377a585a00", "hex"),
  tar: Buffer.concat([Buffer.alloc(257), Buffer.from("ustar")]),
};

describe("the address of a build context", () => {
  it.each([
    "https://example.com/a.git",
    "https://example.com/a.git#main:folder",
    "http://example.com/a.git?ref=main",
    "git://example.com/a",
    "ssh://git@example.com/a",
    "git@example.com:a/b",
    "github.com/a/b",
  ])("%s is a repository's", (url) => expect(isGitUrl(url)).toBe(true));

  it.each(["https://example.com/a.tar.gz", "https://example.com/a.git/b.tar", "http://buildkit-session/x"])(
    "%s is a download's",
    (url) => expect(isGitUrl(url)).toBe(false),
  );
});

describe("a download", () => {
  it.each(Object.entries(heads))("that begins as %s is an archive", (_, head) => {
    expect(isArchive(head)).toBe(true);
  });

  it.each(["", "# syntax=registry.example.com/julia:1\n", "BZ"])("that begins with %j is none", (text) => {
    expect(isArchive(Buffer.from(text))).toBe(false);
  });
});
