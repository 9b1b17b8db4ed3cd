import { spawn } from "node:child_process";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface BackgroundProcess {
  readonly pid: number;
  /** The argument vector, as /proc shows it: tells our process from a later one with the same pid. */
  readonly command: readonly string[];
}

export interface BackgroundProcessSpec {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly pidFile: string;
  readonly logFile: string;
}

/** Starts a program that outlives this process; its output goes to the log file. */
export async function startProcess(spec: BackgroundProcessSpec): Promise<BackgroundProcess> {
  await mkdir(dirname(spec.pidFile), { recursive: true });
  await mkdir(dirname(spec.logFile), { recursive: true });
  const log = await open(spec.logFile, "a");
  try {
    const child = spawn(spec.file, [...spec.arguments], {
      detached: true,
      cwd: spec.cwd ?? "/",
      env: (spec.environment ?? process.env) as NodeJS.ProcessEnv,
      stdio: ["ignore", log.fd, log.fd],
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
    child.unref();
    const started = { pid: child.pid as number, command: [spec.file, ...spec.arguments] };
    await writeFile(spec.pidFile, JSON.stringify(started));
    return started;
  } finally {
    await log.close();
  }
}

/** The process that a pid file names, if it is alive and still the one that was started. */
export async function runningProcess(pidFile: string): Promise<BackgroundProcess | undefined> {
  const text = await readFile(pidFile, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const recorded = JSON.parse(text) as BackgroundProcess;
  const commandLine = await readFile(`/proc/${recorded.pid}/cmdline`, "utf8").catch(() => "");
  return commandLine === `${recorded.command.join("\0")}\0` ? recorded : undefined;
}

/** Ends the process that a pid file names: TERM, up to `grace` milliseconds of waiting, then KILL. */
export async function stopProcess(pidFile: string, grace = 20_000): Promise<void> {
  const running = await runningProcess(pidFile);
  if (running !== undefined) {
    process.kill(running.pid, "SIGTERM");
    if (!(await ended(pidFile, grace))) {
      process.kill(running.pid, "SIGKILL");
      await ended(pidFile, 5_000);
    }
  }
  await rm(pidFile, { force: true });
}

/** Ends the process that a pid file names at once, without time for a last word. */
export async function killProcess(pidFile: string): Promise<void> {
  const running = await runningProcess(pidFile);
  if (running === undefined) return;
  process.kill(running.pid, "SIGKILL");
  await ended(pidFile, 5_000);
}

async function ended(pidFile: string, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  while ((await runningProcess(pidFile)) !== undefined) {
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
  return true;
}

/** Asks every 100 ms until `ready` answers true; false after `patience` milliseconds. */
export async function waitUntil(ready: () => Promise<boolean>, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (!(await ready())) {
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
  return true;
}
