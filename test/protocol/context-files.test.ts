import { expect, it } from "vitest";
import { build } from "../../src/frontend/build.ts";
import { sourceOf } from "./fake-definitions.ts";
import { startSession } from "./session.ts";

const uuid = "7876af07-990d-54b4-ab0e-23690620f79a";
const project = {
  "Project.toml": `[deps]\nExample = "${uuid}"\n`,
  "Manifest.toml": `julia_version = "1.11.4"\nmanifest_format = "2.0"\n[[deps.Example]]\ngit-tree-sha1 = "46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc"\nuuid = "${uuid}"\nversion = "0.5.3"\n`,
};
const base = {
  digest: `sha256:${"a".repeat(64)}`,
  config: JSON.stringify({ os: "linux", architecture: "amd64", config: { Env: ["JULIA_VERSION=1.11.4"] } }),
};

/** What a build takes and reads of its context. */
async function readOf(context: Readonly<Record<string, string>>, spec = "") {
  const { client, daemon } = await startSession({
    sources: {
      "local://dockerfile": { "julia.toml": `julia = "1.11"\n${spec}` },
      "local://context": context,
    },
    images: { "docker.io/library/julia:1.11": base },
  });
  await build(client, {
    options: new Map([["filename", "julia.toml"]]),
    sessionId: "session",
    workers: [],
  });
  const sources = daemon.solves().map(({ Definition: definition }) => definition && sourceOf(definition));
  const paths = daemon.requests("readFile").map(({ FilePath }) => FilePath);
  return {
    transfers: sources.filter((source) => source === "local://context").length,
    paths: paths.filter((path) => path !== "julia.toml").toSorted(),
  };
}

it("takes the ignore file and the project from the root at once, and reads nothing else", async () => {
  const others = { ".dockerignore": "data\n", "README.md": "# App", data: "x", "src/Project.toml": "" };
  expect(await readOf({ ...project, ...others })).toEqual({
    transfers: 1,
    paths: [".dockerignore", "Manifest.toml", "Project.toml"],
  });
});

it("takes a project in a folder, with what is above it, by itself", async () => {
  const inFolder = {
    "app/Project.toml": project["Project.toml"],
    "app/Manifest.toml": project["Manifest.toml"],
  };
  expect(await readOf(inFolder, 'project = "app"\n')).toEqual({
    transfers: 2,
    paths: ["app/Manifest.toml", "app/Project.toml"],
  });
});

it("takes a script in the root, and the module that may be an app, with the project", async () => {
  const named = `name = "App"\nuuid = "10000000-0000-0000-0000-000000000001"\n${project["Project.toml"]}`;
  const context = { ...project, "Project.toml": named, "main.jl": "", "src/App.jl": "module App\nend\n" };
  expect(await readOf(context, 'main = "main.jl"\n')).toEqual({
    transfers: 1,
    paths: ["Manifest.toml", "Project.toml"],
  });
  expect(await readOf(context)).toEqual({
    transfers: 1,
    paths: ["Manifest.toml", "Project.toml", "src/App.jl"],
  });
});

it("takes a script in another folder with one more transfer", async () => {
  const context = { ...project, "bin/main.jl": "" };
  expect(await readOf(context, 'main = "bin/main.jl"\n')).toEqual({
    transfers: 2,
    paths: ["Manifest.toml", "Project.toml"],
  });
});

it("takes path dependencies with one more transfer", async () => {
  const part = "10000000-0000-0000-0000-000000000000";
  const entry = `[[deps.Part]]\npath = "lib/Part"\nuuid = "${part}"\n`;
  const context = {
    ...project,
    "Manifest.toml": project["Manifest.toml"] + entry,
    "main.jl": "",
    "lib/Part/src/Part.jl": "",
  };
  expect(await readOf(context, 'main = "main.jl"\n')).toEqual({
    transfers: 2,
    paths: ["Manifest.toml", "Project.toml"],
  });
});

it("shows a warning once, whatever number of platforms it is found for", async () => {
  const platforms = ["linux/amd64", "linux/arm64"];
  const { client, daemon } = await startSession({
    sources: {
      "local://dockerfile": { "julia.toml": 'julia = "1.11"\n' },
      "local://context": { "Project.toml": "" },
    },
    images: { "docker.io/library/julia:1.11": { ...base, isForEveryPlatform: true } },
  });
  await build(client, {
    options: new Map([
      ["filename", "julia.toml"],
      ["platform", platforms.join(",")],
    ]),
    sessionId: "session",
    workers: [],
  });
  expect(daemon.warnings().map(({ short }) => Buffer.from(short).toString())).toEqual([
    expect.stringContaining("no-manifest"),
  ]);
});
