import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runningProcess, startProcess, stopProcess, waitUntil } from "../../../engine/processes.ts";

let folder: string;
let files: { readonly pidFile: string; readonly logFile: string };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "processes-"));
  files = { pidFile: join(folder, "pid.json"), logFile: join(folder, "log") };
});
afterEach(async () => {
  await stopProcess(files.pidFile);
  rmSync(folder, { recursive: true, force: true });
});

function canBeSignalled(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const script = (code: string): readonly string[] => ["-e", code];

describe.runIf(process.platform === "linux")("background processes", () => {
  test("start with their output in the log, and stop", async () => {
    const program = script("console.log('started'); setInterval(() => {}, 1000)");
    const started = await startProcess({ file: process.execPath, arguments: program, ...files });
    const logged = async (): Promise<boolean> => readFileSync(files.logFile, "utf8") === "started\n";
    expect(await waitUntil(logged, 5_000)).toBe(true);
    expect(await runningProcess(files.pidFile)).toEqual(started);
    await stopProcess(files.pidFile);
    expect(await runningProcess(files.pidFile)).toBeUndefined();
  });

  test("one that does not heed TERM is killed", async () => {
    const program = script("process.on('SIGTERM', () => {}); console.log(1); setInterval(() => {}, 1000)");
    const { pid } = await startProcess({ file: process.execPath, arguments: program, ...files });
    await waitUntil(async () => readFileSync(files.logFile, "utf8") !== "", 5_000);
    await stopProcess(files.pidFile, 300);
    // It can still be signalled until Node has fetched its exit status.
    expect(await waitUntil(async () => !canBeSignalled(pid), 5_000)).toBe(true);
  });

  test("another process that has the recorded pid is neither taken for ours nor stopped", async () => {
    writeFileSync(files.pidFile, JSON.stringify({ pid: process.pid, command: ["/usr/bin/something-else"] }));
    expect(await runningProcess(files.pidFile)).toBeUndefined();
    await stopProcess(files.pidFile);
    expect(() => process.kill(process.pid, 0)).not.toThrow();
  });

  test("a program that does not exist is an error", async () => {
    const missing = join(folder, "missing");
    await expect(startProcess({ file: missing, arguments: [], ...files })).rejects.toThrow("ENOENT");
  });
});
