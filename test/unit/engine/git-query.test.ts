import { describe, expect, it } from "vitest";
import { readGitQuery } from "../../../src/engine/git-query.ts";

const repository = "https://git.example.com/team/app.git";

describe("the query of a git URL", () => {
  it("says nothing if there is none", () => {
    expect(readGitQuery(repository)).toEqual({});
    expect(readGitQuery(`${repository}#main:folder?ref=no`)).toEqual({});
  });

  it.each([
    ["ref=v1.2", { ref: "v1.2" }],
    ["tag=v1.2", { ref: "refs/tags/v1.2" }],
    ["tag=refs/tags/v1.2", { ref: "refs/tags/v1.2" }],
    ["branch=main", { ref: "refs/heads/main" }],
    ["subdir=services/api", { subdirectory: "services/api" }],
    ["checksum=abc", { checksum: "abc" }],
    ["commit=abc", { checksum: "abc" }],
    ["keep-git-dir", { keepGitDirectory: true }],
    ["keep-git-dir=0", { keepGitDirectory: false }],
    ["submodules=false", { skipSubmodules: true }],
    ["submodules", { skipSubmodules: false }],
    ["mtime=commit", { mtime: "commit" }],
    ["fetch-by-commit=true", { fetchByCommit: true }],
    ["branch=main&subdir=a%20b", { ref: "refs/heads/main", subdirectory: "a b" }],
  ])("may be %s", (query, expected) => {
    expect(readGitQuery(`${repository}?${query}`)).toMatchObject(expected);
  });

  it("may repeat what the fragment says", () => {
    expect(readGitQuery(`${repository}?ref=main&subdir=x#main:x`)).toMatchObject({
      ref: "main",
      subdirectory: "x",
    });
    expect(readGitQuery(`${repository}?subdir=x#main`)).toMatchObject({ ref: "main", subdirectory: "x" });
  });

  it.each([
    ["ref=a#b", "names different revisions: `b` and `a`"],
    ["tag=a&branch=a", "names different revisions: `refs/tags/a` and `refs/heads/a`"],
    ["subdir=a#:b", "names different folders: `b` and `a`"],
    ["checksum=a&commit=b", "names different commits"],
    ["ref=a&ref=a", "has ref more than once"],
    ["subdir=", "has subdir without a value"],
    ["mtime=now", "mtime=`now`; it can be checkout or commit"],
    ["submodules=maybe", "submodules=`maybe`; it can be true or false"],
    ["depth=1", "has the unknown key `depth`; it can have ref, tag,"],
  ])("is refused as %s", (query, message) => {
    expect(() => readGitQuery(`${repository}?${query}`)).toThrow(message);
  });
});
