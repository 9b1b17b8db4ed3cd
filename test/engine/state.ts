import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
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
  const own = `${path}.${process.pid}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    // A link appears with its content at once: no one sees a lock without its holder.
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(own);
  }
  await removeIfAbandoned(path);
  return false;
}

/** Moves the lock of a dead process away; one that a live process took meanwhile is put back. */
async function removeIfAbandoned(path: string): Promise<void> {
  if (await holderLives(path)) return;
  const aside = `${path}.abandoned.${randomUUID()}`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if (await holderLives(aside)) await link(aside, path).catch(() => {});
  await rm(aside);
}

async function holderLives(path: string): Promise<boolean> {
  const holder = Number(await readFile(path, "utf8").catch(() => ""));
  return holder === 0 || processExists(holder);
}

/** Whether a process with this number is alive on this machine. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
