import { expect, it } from "vitest";
import { build } from "../../src/frontend/build.ts";
import type { FileTree } from "./fake-files.ts";
import { startSession } from "./session.ts";

const digest = `sha256:${"a".repeat(64)}`;
const config = JSON.stringify({ os: "linux", architecture: "amd64", config: {} });

/** Builds an image to work in on a base that has these files. */
async function buildOn(files: FileTree, lines = "") {
  const text = `julia = "1.12"\nbase = "registry.example.com/julia:1"\n${lines}`;
  const { client, daemon } = await startSession({
    sources: {
      "local://dockerfile": { "julia.toml": text },
      "local://context": { "julia.toml": text, "Project.toml": "", "Manifest.toml": "" },
      [`docker-image://registry.example.com/julia:1@${digest}`]: files,
    },
    images: { "registry.example.com/julia:1": { digest, config } },
  });
  const options = new Map([
    ["filename", "julia.toml"],
    ["target", "dev"],
  ]);
  return { daemon, result: build(client, { options, sessionId: "session", workers: [] }) };
}

it("an image to work in is refused on a base without apt, at the line that names the base", async () => {
  const { result } = await buildOn({ "etc/os-release": "" });
  await expect(result).rejects.toThrow(
    /^julia\.toml:2:1: .* has no `apt-get`, which installs git and ca-certificates for the target dev.*\(base-without-apt\)$/,
  );
});

it("an image to work in is built where there is apt, or nothing to install", async () => {
  const withApt = await buildOn({ "usr/bin/apt-get": "#!" });
  expect((await withApt.result).metadata.has("containerimage.config")).toBe(true);
  const { result, daemon } = await buildOn({}, '[packages]\napt = ["git", "ca-certificates"]');
  expect((await result).metadata.has("containerimage.config")).toBe(true);
  expect(daemon.requests("solve").length).toBe(withApt.daemon.requests("solve").length - 1);
});
