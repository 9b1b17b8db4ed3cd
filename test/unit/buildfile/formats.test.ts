import { describe, expect, it } from "vitest";
import * as formats from "../../../src/buildfile/formats.ts";

/** The text as the program would see it, or `undefined` if it is refused. */
function accepted(format: formats.Format, text: string): string | undefined {
  const isRight = format.pattern.test(text) && format.problem?.(text) === undefined;
  return isRight ? (format.normalize?.(text) ?? text) : undefined;
}

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

const base64 = "AAAAC3NzaC1lZDI1NTE5AAAAIIHINQhChVxBFI";

/** What is accepted: as it is, or with the form it is normalized to. */
const right: Readonly<Record<string, readonly (string | readonly [string, string])[]>> = {
  relativePath: [
    ".",
    ["./", "."],
    "app",
    ["app/", "app"],
    ["./a/./b", "a/b"],
    "services/api_2-x",
    "été/α",
    "a b",
    ".hidden",
  ],
  relativeFile: ["main.jl", "bin/run.jl", ["./main.jl", "main.jl"]],
  absolutePath: ["/app", "/srv/app", ["/app/", "/app"], "/usr/local/app", "/home/julia/app", "/processes"],
  juliaVersion: ["1", "1.11", "1.11.4", "1.13-rc", "1.13.0-rc1", "1.12.0-beta3", "1.10.0"],
  imageReference: [
    ["julia", "docker.io/library/julia:latest"],
    ["julia:1.11", "docker.io/library/julia:1.11"],
    ["team/julia:1.11", "docker.io/team/julia:1.11"],
    ["docker.io/julia:1", "docker.io/library/julia:1"],
    ["index.docker.io/library/julia:1", "docker.io/library/julia:1"],
    ["localhost/julia:1", "localhost/julia:1"],
    "registry.example.com:5000/a/b_c/d__e/f-g:1.0",
    [`julia@${digest}`, `docker.io/library/julia@${digest}`],
    [`julia:1.11@${digest}`, `docker.io/library/julia:1.11@${digest}`],
    "[::1]:5000/julia:1",
  ],
  user: ["1000", "1000:1000", "julia", "julia:staff", "0", "_apt:65534", "1000:staff"],
  debianPackage: ["git", "g++", "libgomp1", "libstdc++6", "python3.11", "git=1:2.39.5-0+deb12u2", "a1=0~rc1"],
  environmentName: ["A", "_x", "JULIA_NUM_THREADS"],
  labelName: ["org.opencontainers.image.title", "a", "A_b"],
  text: ["", "a b", "two\nlines\tand a tab", "é 😀"],
  cpuTarget: [
    "generic",
    "native",
    "generic;haswell",
    "generic;sandybridge,-xsaveopt,clone_all;haswell,-rdrnd,base(1)",
    "generic;cortex-a57;neoverse-n1,+lse",
    "x86-64-v3;",
  ],
  moduleName: ["MyApp", "_a", "MyApp.Server", "A1.B_2"],
  juliaFlag: [
    "-O2",
    "-g1",
    "--optimize=3",
    "--check-bounds=no",
    "--inline=no",
    "--pkgimages=existing",
    "--math-mode=ieee",
  ],
  cacheId: ["team-a", "a", "1.2_3"],
  serverUrl: [
    "https://pkg.example.com",
    ["https://pkg.example.com/", "https://pkg.example.com"],
    "http://127.0.0.1:8000",
    "https://example.com/pkg",
    "http://[::1]:8000",
    "",
  ],
  grantId: ["default", "git-config", "a.b_c", "1"],
  knownHost: [
    `git.example.com ssh-ed25519 ${base64}`,
    `[127.0.0.1]:2222,git.example.com ssh-rsa ${base64}== build server`,
    `|1|abc+/=|def= ecdsa-sha2-nistp256 ${base64}=`,
  ],
  repositoryUrl: [
    "https://git.example.com/team/registry.git",
    "http://127.0.0.1:8080/r",
    "ssh://git@git.example.com:22/r.git",
    "git@git.example.com:team/r.git",
  ],
  uuid: [
    "23338594-aafe-5451-b93e-139f81909106",
    ["23338594-AAFE-5451-b93e-139f81909106", "23338594-aafe-5451-b93e-139f81909106"],
  ],
  registryName: ["General", "Team-1.x"],
};

const wrong: Readonly<Record<string, readonly string[]>> = {
  relativePath: [
    "",
    "/app",
    "..",
    "a/../b",
    "../a",
    "a//../b",
    "-x",
    "a/-x",
    "a*",
    "a?",
    "[a]",
    "a\\b",
    "a:b",
    "a\nb",
    "a\u0000",
    "!a",
    "$HOME",
    "a;b",
    "`a`",
    "a|b",
    "a'b",
  ],
  relativeFile: [".", "./", "src/", "../main.jl", "/main.jl", "-e", ""],
  absolutePath: [
    "app",
    "/",
    "//",
    "/opt",
    "/usr",
    "/usr/",
    "/proc",
    "/proc/self",
    "/dev/shm",
    "/sys/fs",
    "/a/../b",
    "/a/./b",
    "/a//b",
    "/a:b",
    "/a\n",
    "/-a",
    "/a,\u0000",
  ],
  juliaVersion: [
    "",
    "v1.11",
    "1.",
    "1.11.",
    "01.1",
    "1.011",
    "1.11-bookworm",
    "1.11.4.1",
    "1.10 ",
    "latest",
    "1.11\n",
    "-1",
    "1.11-rc1-x",
  ],
  imageReference: [
    "",
    "Julia",
    "julia:",
    "julia:.1",
    "julia@sha256:abc",
    "docker://julia",
    "a//b",
    "/julia",
    "julia:1 2",
    "julia\n",
    "-julia",
    "a".repeat(300),
    `a/${"b".repeat(260)}:1`,
    "registry.example.com/",
  ],
  user: [
    "",
    "01",
    "Julia",
    "a:b:c",
    "1000:",
    ":1000",
    "-1",
    "4294967295",
    "a b",
    "1000.1000",
    "$USER",
    "root\n",
  ],
  debianPackage: [
    "",
    "a",
    "Git",
    "-y",
    "--yes",
    "git ",
    "git=",
    "git=-1",
    "git:amd64",
    "git/stable",
    "git;id",
    "git*",
    "git\n",
    "git=1 2",
  ],
  environmentName: ["", "1A", "A-B", "A=B", "A B", "A\n", "é"],
  labelName: ["", "a b", "a\n", "é"],
  text: ["\u0000", "a\u001b[2J", "\r", "\u0085"],
  cpuTarget: ["", "a b", "generic,;x", ";", "generic\n", "a;;b", "$(id)", "a=b", "--x"],
  moduleName: ["", "1A", "A-B", "A..B", ".A", "A.", "A(1)", "A; exit()", "é", "A\n"],
  juliaFlag: [
    "",
    "-e",
    "-O4",
    "-O2 ",
    "--eval=1",
    "--project=/x",
    "-L/x",
    "--sysimage=/x",
    "--check-bounds",
    "--inline=maybe",
    "-O2\n",
    "--math-mode=fast",
  ],
  cacheId: ["", "a/b", "-a", ".a", "a b", "a,b", "a".repeat(129)],
  serverUrl: [
    "pkg.example.com",
    "ftp://x.example.com",
    "https://user:password@x.example.com",
    "https://token@x.example.com",
    "https://x?y",
    "https://x#y",
    "https://",
    "https://a b",
    "https://x:99999",
    "file:///x",
  ],
  grantId: ["", "a,b", "a=b", "a b", "-a", "../x"],
  knownHost: [
    "",
    "git.example.com",
    "git.example.com ssh-ed25519",
    `git.example.com ssh-dss ${base64}`,
    `git.example.com ssh-ed25519 ${base64}\nother.example.com ssh-ed25519 ${base64}`,
    `@revoked git.example.com ssh-ed25519 ${base64}`,
    "# a comment",
  ],
  repositoryUrl: [
    "",
    "git.example.com/r",
    "/srv/r.git",
    "file:///srv/r.git",
    "https://token@git.example.com/r.git",
    "https://user:token@git.example.com/r.git",
    "ssh://git:password@git.example.com/r.git",
    "--upload-pack=x",
    "ext::sh -c x",
    "https://git.example.com/a b",
  ],
  uuid: ["", "General", "23338594-aafe-5451-b93e-139f8190910", "{23338594-aafe-5451-b93e-139f81909106}"],
  registryName: ["", "../General", "a/b", ".hidden", "a b"],
};

const byName = formats as unknown as Readonly<Record<string, formats.Format>>;

function format(name: string): formats.Format {
  const found = byName[name];
  if (found === undefined) {
    throw new Error(`no format ${name}`);
  }
  return found;
}

describe("formats", () => {
  it("are all in both tables", () => {
    expect(Object.keys(right).toSorted()).toEqual(Object.keys(formats).toSorted());
    expect(Object.keys(wrong).toSorted()).toEqual(Object.keys(formats).toSorted());
  });

  const rightCases = Object.entries(right).flatMap(([name, texts]) =>
    texts.map(
      (entry) =>
        (typeof entry === "string" ? [name, entry, entry] : [name, ...entry]) as [string, string, string],
    ),
  );
  it.each(rightCases)("%s accepts %j as %j", (name, text, normal) => {
    expect(accepted(format(name), text)).toBe(normal);
    expect(accepted(format(name), normal)).toBe(normal);
  });

  const wrongCases = Object.entries(wrong).flatMap(([name, texts]) =>
    texts.map((text) => [name, text] as const),
  );
  it.each(wrongCases)("%s refuses %j", (name, text) => {
    expect(accepted(format(name), text)).toBeUndefined();
  });
});
