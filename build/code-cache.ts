// Fills the code cache of the bundled frontend, dist/frontend.cache: builds a small project once, so that all functions a build
// needs are compiled. It fits the node that made it: NODE_BINARY, or the one that runs this.
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startStandIn } from "./stand-in-buildkit.ts";

const dist = new URL("../dist/", import.meta.url);
const cache = new URL("frontend.cache", dist);
const uuid = "7876af07-990d-54b4-ab0e-23690620f79a";

/** With the keys that most specs have. */
const spec = `# syntax=registry.example.com/julia:1
julia = "1.12"
main = "main.jl"

[env]
PORT = "8080"

[labels]
"org.opencontainers.image.title" = "Hello"

[image]
expose = ["8080"]

[pkg]
server = "https://pkg.example.com"

[depot]
cache-id = "hello"
`;

const manifest = `julia_version = "1.12.5"
manifest_format = "2.0"
project_hash = "0000000000000000000000000000000000000000"

[[deps.Example]]
git-tree-sha1 = "46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc"
uuid = "${uuid}"
version = "0.5.3"
`;

const files = new Map([
  ["julia.toml", spec],
  ["main.jl", "using Example\n"],
  ["Project.toml", `[deps]\nExample = "${uuid}"\n\n[compat]\nExample = "0.5"\n`],
  ["Manifest.toml", manifest],
  [".dockerignore", "data\n"],
]);

const imageConfig = {
  os: "linux",
  architecture: "amd64",
  rootfs: { type: "layers", diff_ids: [`sha256:${"1".repeat(64)}`] },
  config: { Env: ["JULIA_VERSION=1.12.5"] },
};

const workers = [{ id: "record", labels: {}, platforms: [{ os: "linux", architecture: "amd64" }] }];

rmSync(cache, { force: true });
const standIn = await startStandIn({ files, imageConfig });
const child = spawn(process.env.NODE_BINARY ?? process.execPath, ["record.cjs"], {
  cwd: fileURLToPath(dist),
  env: {
    BUILDKIT_FRONTEND_OPT_0: "filename=julia.toml",
    BUILDKIT_SESSION_ID: "record",
    BUILDKIT_WORKERS: JSON.stringify(workers),
  },
  stdio: ["pipe", "pipe", "inherit"],
});
const wire = standIn.dial();
child.stdin.on("error", () => {});
wire.on("error", () => {});
child.stdout.pipe(wire).pipe(child.stdin);
await new Promise((resolve) => child.once("exit", resolve));
const returned = standIn.returned();
standIn.stop();
if (returned?.result === undefined || !existsSync(cache)) {
  throw new Error(`the build that is recorded failed: ${returned?.error?.message ?? "it returned nothing"}`);
}
