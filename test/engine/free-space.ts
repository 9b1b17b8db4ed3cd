import { statfs } from "node:fs/promises";
import { stateSubfolder } from "./state.ts";

/** Bytes that a run of all suites with one Julia leaves in the state folder and in temporary files, with some to spare. */
const WANTED = 15e9;

/**
 * What to say where the disk will hardly do: a full one makes tests fail in ways that do not look like it, and BuildKit throws away
 * what a test expects to find in its cache. `undefined` if there is space enough.
 */
export function warningOfLittleSpace(free: number, folder: string): string | undefined {
  if (free >= WANTED) return undefined;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  return `Only ${gigabytes(free)} are free for ${folder}. A run takes up to ${gigabytes(WANTED)}: tests may fail because the disk is full.`;
}

/** Warns if the tests will hardly have space enough on the disk of the state folder. */
export async function warnOfLittleSpace(): Promise<void> {
  const folder = await stateSubfolder();
  const { bavail, bsize } = await statfs(folder);
  const warning = warningOfLittleSpace(bavail * bsize, folder);
  if (warning !== undefined) console.warn(`\n${warning}\n`);
}
