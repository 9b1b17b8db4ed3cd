import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";

export interface CommandOptions {
  readonly cwd?: string;
  /** The whole environment of the command; the caller's own when left out. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Given to the command's stdin; without it stdin is empty. */
  readonly input?: string | Uint8Array | Readable;
  /** Both output streams are also appended to this file. */
  readonly logFile?: string;
  /** Milliseconds after which the command is killed. */
  readonly timeout?: number;
  /** When the command is to be ended before it ends by itself. */
  readonly cancel?: readonly Cancellation[];
}

/** Sends a signal to the command and to every process that it started, as a terminal does. */
export interface Cancellation {
  readonly when: AbortSignal;
  readonly by: NodeJS.Signals;
}

export interface CommandResult {
  /** Exit code; 128 + signal number is not reconstructed: a killed command has code -1. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that ended with a code other than 0. */
export class CommandFailed extends Error {
  readonly result: CommandResult;

  constructor(file: string, commandArguments: readonly string[], result: CommandResult) {
    const tail = `${result.stderr}\n${result.stdout}`.trim().split("\n").slice(-30).join("\n");
    super(`${[file, ...commandArguments].join(" ")} ended with code ${result.code}\n${tail}`);
    this.name = "CommandFailed";
    this.result = result;
  }
}

/** Runs a program with an argument vector (never a shell) and collects what it prints. */
export function run(
  file: string,
  commandArguments: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...commandArguments], {
      cwd: options.cwd,
      env: (options.environment ?? process.env) as NodeJS.ProcessEnv,
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      timeout: options.timeout,
      killSignal: "SIGKILL",
      // A process group of its own, which a signal can be sent to. Without need for that it stays in the terminal's.
      detached: options.cancel !== undefined,
    });
    obey(child, options.cancel ?? []);
    const log =
      options.logFile === undefined ? undefined : createWriteStream(options.logFile, { flags: "a" });
    const collected = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.on("data", (chunk: Buffer) => {
        collected[name].push(chunk);
        log?.write(chunk);
      });
    }
    feed(child.stdin, options.input);
    child.on("error", reject);
    child.on("close", (code) => {
      log?.end();
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(collected.stdout).toString(),
        stderr: Buffer.concat(collected.stderr).toString(),
      });
    });
  });
}

/** Like {@link run}, and throws {@link CommandFailed} when the exit code is not 0. */
export async function runChecked(
  file: string,
  commandArguments: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const result = await run(file, commandArguments, options);
  if (result.code !== 0) throw new CommandFailed(file, commandArguments, result);
  return result;
}

function obey(child: ChildProcess, cancellations: readonly Cancellation[]): void {
  for (const { when, by } of cancellations) {
    const end = (): void => {
      const isOver = child.exitCode !== null || child.signalCode !== null;
      if (child.pid !== undefined && !isOver) process.kill(-child.pid, by);
    };
    when.addEventListener("abort", end, { once: true });
    child.once("exit", () => when.removeEventListener("abort", end));
  }
}

function feed(stdin: NodeJS.WritableStream | null, input: CommandOptions["input"]): void {
  if (stdin === null || input === undefined) return;
  // A command may end without reading its input: its exit code tells more than EPIPE would.
  stdin.on("error", () => {});
  if (typeof input === "string" || input instanceof Uint8Array) stdin.end(input);
  else input.pipe(stdin);
}
