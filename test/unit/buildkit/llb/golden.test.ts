import { describe, expect, it } from "vitest";
import { definitionFromJson, definitionToJson } from "../../../../src/buildkit/llb/definition-json.ts";
import type { MarshalOptions, Output, State } from "../../../../src/buildkit/llb/index.ts";
import { exec, file, git, http, image, local, marshal, scratch } from "../../../../src/buildkit/llb/index.ts";
import { goldenVectors } from "./golden-vectors.ts";

const options: MarshalOptions = { platform: { os: "linux", architecture: "amd64" } };

const julia = image("julia:1.11.4@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

const context = local("context", {
  name: "load manifests",
  session: "sess",
  includePatterns: ["Project.toml", "Manifest*.toml"],
  excludePatterns: ["**/.git"],
  followPaths: ["Project.toml"],
  sharedKeyHint: "context",
});

const depot = exec(julia, {
  name: "[depot] instantiate and precompile",
  args: ["julia", "--project=@.", "-e", "using Pkg; Pkg.instantiate()"],
  env: { JULIA_DEPOT_PATH: "/opt/julia/depot:", PATH: "/usr/local/julia/bin:/usr/bin:/bin" },
  cwd: "/work",
  mounts: [
    { type: "bind", target: "/out/packages", source: scratch },
    { type: "ssh", target: "/run/ssh.sock", id: "default", optional: true },
    { type: "cache", target: "/opt/julia/depot", id: "julia-depot/1.11.4/linux/amd64", sharing: "locked" },
    { type: "bind", target: "/in", source: context, selector: "/sub", readonly: true },
    { type: "tmpfs", target: "/tmp", size: 64 << 20 },
    { type: "bind", target: "/out/compiled", source: scratch },
    { type: "secret", target: "/run/secrets/auth.toml", id: "julia-auth", optional: true },
  ],
});

const packages = depot.output("/out/packages");

const graphs: Record<string, State> = {
  image: julia,
  local: context,
  "exec-minimal": exec(julia, { args: ["true", "x"] }).root,
  "exec-mounts": depot.root,
  "exec-output": packages,
  "exec-host-network": exec(julia, {
    args: ["true"],
    network: "host",
    proxyEnv: { httpProxy: "http://p:1", noProxy: "localhost" },
  }).root,
  copy: file(
    julia,
    [
      {
        type: "copy",
        from: packages,
        src: "/",
        dest: "/opt/julia/depot/packages",
        owner: { user: 1000, group: 1000 },
        directoryContents: true,
        createDestination: true,
        timestamp: 1_000_000_000n,
      },
    ],
    { name: "copy packages" },
  ),
  "copy-wildcard": file(julia, [
    {
      type: "copy",
      from: context,
      src: "/*Manifest*.toml",
      dest: "/app/",
      owner: { user: "julia" },
      createDestination: true,
      wildcard: true,
      emptyWildcard: true,
      includePatterns: ["a", "b"],
      excludePatterns: ["c"],
    },
  ]),
  "mkfile-mkdir-rm-symlink": file(scratch, [
    { type: "mkdir", path: "/a/b", mode: 0o755, parents: true },
    { type: "mkfile", path: "/a/b/f.jl", mode: 0o644, data: "println(1)\n", timestamp: 1_000_000_000n },
    { type: "rm", path: "/a/x", allowNotFound: true },
    { type: "symlink", target: "b/f.jl", path: "/a/link" },
  ]),
  http: http(
    "https://pkg.julialang.org/package/7876af07-990d-54b4-ab0e-23690620f79a/46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc",
    {
      filename: "pkg.tar.gz",
      checksum: "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
    },
  ),
  git: git("https://github.com/JuliaLang/Example.jl.git", { ref: "master", keepGitDirectory: true }),
};

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe.each(goldenVectors)("$name: $what", ({ name, ops }) => {
  it("gets the same bytes from the operations' JSON", () => {
    expect(definitionFromJson(ops).def.map(hex)).toEqual(ops.map(({ bytes }) => bytes));
  });

  it("gets the same operations, digests and metadata from the constructors", () => {
    const graph = graphs[name];
    expect(graph).toBeDefined();
    const definition = marshal(graph as Output, options);
    expect(definition.def.map(hex)).toEqual(ops.map(({ bytes }) => bytes));
    expect(definitionToJson(definition)).toEqual(
      ops.map(({ digest, op, metadata }) => ({ digest, op, metadata })),
    );
  });
});

it("has a graph for every vector and no other", () => {
  expect(Object.keys(graphs)).toEqual(goldenVectors.map(({ name }) => name));
});

it("marshals to the same bytes a hundred times", () => {
  const once = JSON.stringify(definitionToJson(marshal(depot.root, options)));
  for (let time = 0; time < 100; time++) {
    expect(JSON.stringify(definitionToJson(marshal(depot.root, options)))).toBe(once);
  }
});
