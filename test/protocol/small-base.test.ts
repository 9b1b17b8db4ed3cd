import { expect, it } from "vitest";
import { build } from "../../src/frontend/build.ts";
import type { FileTree } from "./fake-files.ts";
import { startSession } from "./session.ts";

const platform = { os: "linux", architecture: "amd64" };
const digest = `sha256:${"a".repeat(64)}`;
const julia = { digest, config: JSON.stringify({ ...platform, config: { Env: ["JULIA_VERSION=1.12.5"] } }) };
const small = { digest, config: JSON.stringify({ ...platform, config: { Env: ["PATH=/usr/bin"] } }) };

/** Builds a project with a Debian package on a small base that has these files. */
async function buildOn(files: FileTree, lines = 'apt = ["libgomp1"]') {
  const text = `julia = "1.12"\n[image]\nbase = "debian:trixie-slim"\n[packages]\n${lines}\n`;
  const { client, daemon } = await startSession({
    sources: {
      "local://dockerfile": { "julia.toml": text },
      "local://context": { "julia.toml": text, "Project.toml": "", "Manifest.toml": "" },
      [`docker-image://docker.io/library/debian:trixie-slim@${digest}`]: files,
    },
    images: { "docker.io/library/julia:1.12": julia, "docker.io/library/debian:trixie-slim": small },
  });
  const options = new Map([["filename", "julia.toml"]]);
  return { daemon, result: build(client, { options, sessionId: "session", workers: [] }) };
}

it("that has no apt is refused at the line that asks for Debian packages", async () => {
  const { result } = await buildOn({ "etc/os-release": "" });
  await expect(result).rejects.toThrow(
    /^julia\.toml:5:1: `docker\.io\/library\/debian:trixie-slim` has no `apt-get`.*\(base-without-apt\)$/,
  );
});

it("that has apt is built on, with the variables of both images", async () => {
  const { result } = await buildOn({ "usr/bin/apt-get": "#!" });
  const { metadata } = await result;
  const { config } = JSON.parse(metadata.get("containerimage.config")?.toString() ?? "");
  expect(config.Env).toEqual(expect.arrayContaining(["JULIA_VERSION=1.12.5", "PATH=/usr/bin"]));
});

it("is looked into only where a Debian package is asked for", async () => {
  const solves = async (lines: string) => {
    const { result, daemon } = await buildOn({ "usr/bin/apt-get": "#!" }, lines);
    await result;
    return daemon.requests("solve").length;
  };
  expect(await solves('apt = ["libgomp1"]')).toBe((await solves('build-apt = ["gcc"]')) + 1);
});
