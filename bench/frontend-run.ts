import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type FakeImage, type MethodName, startFakeBuildkit } from "../test/protocol/fake-buildkit.ts";
import type { FileTree } from "../test/protocol/fake-files.ts";

/** The node that runs the frontend; by default the one that runs this. */
export const node = process.env.NODE_BINARY ?? process.execPath;

const workers = [{ id: "bench", labels: {}, platforms: [{ os: "linux", architecture: "amd64" }] }];

/** When a call arrived, in milliseconds since the process was started. */
export interface Call {
  readonly name: MethodName;
  readonly at: number;
}

export interface FrontendRun {
  readonly calls: readonly Call[];
  /** Largest resident set of the process until it returned its result, in megabytes of 1,000,000 bytes. */
  readonly peakMemory: number;
}

/**
 * Lets the bundled frontend build once, in a process of its own, against a BuildKit that answers at once. Throws if the
 * build does not return a result.
 *
 * @param programArguments node's own arguments, and last what starts the frontend, a file in dist
 * @param context files of the build context, `julia.toml` among them, which names a version of Julia
 * @param options of the build by their names in BuildKit: `target`, `platform`
 */
export async function runFrontend(
  programArguments: readonly string[],
  context: FileTree,
  options: Readonly<Record<string, string>> = {},
): Promise<FrontendRun> {
  const julia = /^julia = "(.*)"$/m.exec(String(context["julia.toml"]))?.[1] ?? "";
  const calls: Call[] = [];
  let peakMemory = 0;
  let start = 0;
  let pid = 0;
  const daemon = await startFakeBuildkit({
    sources: { "local://context": context, "local://dockerfile": context },
    images: { [`docker.io/library/julia:${julia}`]: baseImage(julia) },
    onCall: (name) => {
      calls.push({ name, at: performance.now() - start });
      if (name === "return") {
        peakMemory = peakOf(pid);
      }
    },
  });
  start = performance.now();
  const child = spawn(node, programArguments, {
    cwd: fileURLToPath(new URL("../dist", import.meta.url)),
    env: {
      ...Object.fromEntries(
        Object.entries({ filename: "julia.toml", ...options }).map(([name, value], index) => [
          `BUILDKIT_FRONTEND_OPT_${index}`,
          `${name}=${value}`,
        ]),
      ),
      BUILDKIT_SESSION_ID: randomUUID(),
      BUILDKIT_WORKERS: JSON.stringify(workers),
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  pid = child.pid ?? 0;
  const wire = daemon.dial();
  child.stdin.on("error", () => {});
  wire.on("error", () => {});
  child.stdout.pipe(wire).pipe(child.stdin);
  await new Promise((resolve) => child.once("exit", resolve));
  const returned = daemon.returned();
  daemon.stop();
  if (returned?.result === undefined) {
    throw new Error(`the frontend returned no result: ${returned?.error?.message ?? "its process ended"}`);
  }
  return { calls, peakMemory };
}

/** Milliseconds from the last file that was read to the Solve of the finished graph. */
export function planning(calls: readonly Call[]): number {
  const last = (name: Call["name"]): number => calls.findLast((call) => call.name === name)?.at ?? Number.NaN;
  return last("solve") - last("readFile");
}

function baseImage(julia: string): FakeImage {
  const config = { os: "linux", architecture: "amd64", config: { Env: [`JULIA_VERSION=${julia}`] } };
  return {
    digest: `sha256:${"0".repeat(64)}`,
    config: JSON.stringify(config),
    isForEveryPlatform: true,
  };
}

/** The kernel's own high-water mark (proc_pid_status(5), VmHWM, in units of 1024 bytes). */
function peakOf(pid: number): number {
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}
