import { mkdir, open, readFile, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * The one folder that holds everything the test engine downloads, makes and runs.
 * `JULIA_FRONTEND_STATE` names another; removing it after `npm run engine -- down` leaves nothing behind.
 */
export function stateFolder(): string {
  const chosen = process.env.JULIA_FRONTEND_STATE;
  if (chosen !== undefined && chosen !== "") return chosen;
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "julia-frontend-tests");
}

/** A path below the state folder; its parent folders are not made. */
export function statePath(...parts: readonly string[]): string {
  return join(stateFolder(), ...parts);
}

/** Makes a folder below the state folder and returns its path. */
export async function stateSubfolder(...parts: readonly string[]): Promise<string> {
  const path = statePath(...parts);
  await mkdir(path, { recursive: true });
  return path;
}

/**
 * Runs `work` while no other process on this machine runs anything under the same name.
 * The lock is a file with the holder's pid; the lock of a process that is gone is taken over.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const path = join(await stateSubfolder("locks"), name);
  while (!(await tryLock(path))) await sleep(200);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const holder = Number(await readFile(path, "utf8").catch(() => ""));
  if (holder > 0 && !processExists(holder)) await rm(path, { force: true });
  return false;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
