import { describe, expect, it } from "vitest";
import { migrationOf, project } from "./migration-of.ts";

const digest = `sha256:${"0a".repeat(32)}`;
const manifest = (julia: string) => `julia_version = "${julia}"\nmanifest_format = "2.0"\n`;

describe("the base of a Dockerfile", () => {
  it.each([
    ["FROM julia:1.12", "docker.io/library/julia:1.12", "1.12"],
    ["FROM julia:1.11.5-bookworm", "docker.io/library/julia:1.11.5-bookworm", "1.11.5"],
    [`FROM julia:1.12@${digest}`, `docker.io/library/julia:1.12@${digest}`, "1.12"],
    ["FROM --platform=linux/amd64 julia:1.10 AS one\nFROM one", "docker.io/library/julia:1.10", "1.10"],
    ["FROM registry.example.com/team/julia:7", "registry.example.com/team/julia:7", undefined],
    ["ARG BASE=julia:1.11\nFROM ${BASE}", "docker.io/library/julia:1.11", "1.11"],
    [
      "FROM julia:1.11 AS j-amd64\nFROM julia:1.12 AS j-arm64\nFROM j-$TARGETARCH",
      "docker.io/library/julia:1.11",
      "1.11",
    ],
  ])("takes %j", async (dockerfile, base, julia) => {
    const { spec } = await migrationOf(`${dockerfile}\n`);
    expect(spec.base).toBe(base);
    expect(spec.julia?.text).toBe(julia);
  });

  it("keeps an argument of the build, which may be given anew", async () => {
    const { text, spec } = await migrationOf(
      "ARG JULIA_VERSION=1.11\nARG OTHER=1\nFROM julia:${JULIA_VERSION}-bookworm\n",
    );
    expect(text).toContain('base = "julia:${JULIA_VERSION}-bookworm" # line 3\n');
    expect(text).toContain('[args]\nJULIA_VERSION = "1.11"\n');
    expect(spec.base).toBe("docker.io/library/julia:1.11-bookworm");
    expect([...spec.args.keys()]).toEqual(["JULIA_VERSION"]);
  });

  it.each([
    ["FROM julia:1.6-buster", 'line 1: julia = "1.6": it is not taken, since Julia `1.6` is too old'],
    ["FROM julia:latest", "line 1: FROM julia:latest: the tag names no version of Julia"],
    ["ARG V\nFROM julia:$V", "line 2: FROM julia:$V: V has no value here"],
    ["FROM julia:1.11-alpine3.20", "line 1: FROM julia:1.11-alpine3.20: Julia's packages need glibc"],
  ])("says what is not right with %j, and takes another", async (dockerfile, todo) => {
    const { spec, leftOver } = await migrationOf(`${dockerfile}\n`, {
      "Project.toml": project,
      "Manifest.toml": manifest("1.11.3"),
    });
    expect(spec.base).toBe("docker.io/library/julia:1.11");
    expect(leftOver.find((line) => line.startsWith(todo))).toBeDefined();
  });

  it("takes the newest version where the one of the manifest is too old as well", async () => {
    const { spec } = await migrationOf("FROM julia:1.6\n", {
      "Project.toml": project,
      "Manifest.toml": manifest("1.6.7"),
    });
    expect(spec.base).toBe("docker.io/library/julia:1.12");
  });

  it.each([
    ["FROM ubuntu:24.04\nARG JULIA_VERSION=1.10.4\nRUN curl -O https://example.com/julia.tar.gz\n", "1.10.4"],
    ["FROM debian:12\nADD https://example.com/julia-1.11.2-linux-x86_64.tar.gz /opt\n", "1.11.2"],
  ])("takes the version that %j installs, and says that the base is another", async (dockerfile, version) => {
    const { spec, leftOver } = await migrationOf(dockerfile);
    expect(spec.base).toBe(`docker.io/library/julia:${version}`);
    expect(leftOver.some((line) => line.includes("Julia is installed into it by the Dockerfile"))).toBe(true);
  });

  it("puts the image on the base that Julia is copied into", async () => {
    const { spec } = await migrationOf(
      "FROM julia:1.12 AS julia\nFROM debian:trixie-slim\nCOPY --from=julia /usr/local/julia /usr/local/julia\n",
    );
    expect(spec.base).toBe("docker.io/library/julia:1.12");
    expect(spec.image.base).toBe("docker.io/library/debian:trixie-slim");
  });
});
