// Builds a small project once and notes what every start of the bundled frontend would find out anew: the code cache with all functions
// that a build needs, dist/frontend.cache, and the first bytes that are sent to BuildKit, dist/frontend.opening. Both fit the node that
// made them: NODE_BINARY, or the one that runs this. A second build shows that a start with both works.
import { spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openingOf } from "../src/buildkit/gateway/opening.ts";
import { startStandIn } from "./stand-in-buildkit.ts";

const dist = new URL("../dist/", import.meta.url);
const cache = new URL("frontend.cache", dist);
const opening = new URL("frontend.opening", dist);
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

for (const file of [cache, opening]) rmSync(file, { force: true });
const sent = await buildWith("record.cjs");
if (!existsSync(cache)) throw new Error("the build that is recorded left no code cache");
writeFileSync(opening, openingOf(sent));
await buildWith("start.cjs");

/** Runs a build by a program of dist/ and returns all that it sent; throws if it fails. */
async function buildWith(program: string): Promise<Buffer> {
  const standIn = await startStandIn({ files, imageConfig });
  const child = spawn(process.env.NODE_BINARY ?? process.execPath, [program], {
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
  wire.on("error", () => {}).on("close", () => child.stdin.destroy());
  const sent: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => sent.push(chunk));
  child.stdout.pipe(wire).pipe(child.stdin);
  await new Promise((resolve) => child.once("exit", resolve));
  const returned = standIn.returned();
  standIn.stop();
  if (returned?.result === undefined) {
    throw new Error(`a build by ${program} failed: ${returned?.error?.message ?? "it returned nothing"}`);
  }
  return Buffer.concat(sent);
}
