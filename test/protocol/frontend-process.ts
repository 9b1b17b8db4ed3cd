import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { onTestFinished } from "vitest";
import type { FakeBuildkit, FakeBuildkitOptions } from "./fake-buildkit.ts";
import { startFakeBuildkit } from "./fake-buildkit.ts";

/** What a frontend's process has done when it is over. */
export interface Outcome {
  readonly daemon: FakeBuildkit;
  readonly exitCode: number | null;
  readonly stderr: string;
  /** From the answer to Return to the end of the process; undefined without one. */
  readonly millisecondsAfterReturn: number | undefined;
}

export interface ProcessOptions extends FakeBuildkitOptions {
  /** stdin and stdout as BuildKit has them; otherwise what Node gives a child, which are sockets. */
  readonly realPipes?: boolean;
}

/** A process, and our ends of its stdin and stdout. */
interface Frontend {
  readonly child: ChildProcess;
  readonly stdin: Writable;
  readonly stdout: Readable;
}

const fixture = join(import.meta.dirname, "fixtures/frontend.ts");

/** A process with nobody on the other side of its stdin and stdout. Killed when the test is over. */
export function spawnFrontend(behaviour: string, realPipes = false): Frontend {
  const env = { ...process.env, BEHAVIOUR: behaviour, BUILDKIT_SESSION_ID: "session" };
  const pipes = realPipes ? makePipes() : undefined;
  const stdio = pipes?.childEnds ?? (["pipe", "pipe"] as const);
  const child = spawn(process.execPath, ["--import", "tsx", fixture], { env, stdio: [...stdio, "pipe"] });
  for (const descriptor of pipes?.childEnds ?? []) closeSync(descriptor);
  const stdin = pipes?.stdin ?? (child.stdin as Writable);
  const stdout = pipes?.stdout ?? (child.stdout as Readable);
  // A frontend that is over no longer reads.
  stdin.on("error", () => {});
  onTestFinished(() => {
    child.kill("SIGKILL");
    stdin.destroy();
    stdout.destroy();
  });
  return { child, stdin, stdout };
}

/** Lets a process build against a daemon until it ends. */
export async function runFrontend(behaviour: string, options: ProcessOptions = {}): Promise<Outcome> {
  const daemon = await startFakeBuildkit(options);
  onTestFinished(() => daemon.stop());
  const { child, stdin, stdout } = spawnFrontend(behaviour, options.realPipes);
  const wire = daemon.dial();
  wire.on("error", () => {}).on("close", () => stdin.destroy());
  stdout.pipe(wire).pipe(stdin);
  const stderr: Buffer[] = [];
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
  const exitCode = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  const endedAt = performance.now();
  const returnedAt = daemon.returnedAt();
  return {
    daemon,
    exitCode,
    stderr: Buffer.concat(stderr).toString(),
    millisecondsAfterReturn: returnedAt === undefined ? undefined : endedAt - returnedAt,
  };
}

/** Two named pipes, opened by us: Node itself has no way to make pipes. */
function makePipes() {
  const folder = mkdtempSync(join(tmpdir(), "pipes-"));
  const [input, output] = [join(folder, "in"), join(folder, "out")];
  execFileSync("mkfifo", [input, output]);
  // For reading and writing, so that opening does not wait for another process.
  const open = (path: string, flags = 0) => openSync(path, constants.O_RDWR | flags);
  const socket = (path: string, direction: { readonly readable: boolean; readonly writable: boolean }) =>
    new Socket({ fd: open(path, constants.O_NONBLOCK), ...direction });
  const pipes = {
    stdin: socket(input, { readable: false, writable: true }),
    stdout: socket(output, { readable: true, writable: false }),
    childEnds: [open(input), open(output)] as const,
  };
  rmSync(folder, { recursive: true });
  return pipes;
}
