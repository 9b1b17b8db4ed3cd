import { mkdir, open, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { run, runChecked } from "./command.ts";

/** A file system of its own in a file, so that one that is full harms nothing else. */
export interface SmallDisk {
  /** Where it is mounted. */
  readonly folder: string;
  /** Takes all that is free, but for this many bytes. */
  fill(left: number): Promise<void>;
  /** Gives back what was taken. */
  release(): Promise<void>;
  remove(): Promise<void>;
}

/** Whether this machine can mount a file: containers often cannot. */
export async function canMountFiles(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const found = await run("losetup", ["--find"]).catch(() => undefined);
  return found?.code === 0;
}

/** Makes a file system of this size in a folder. The file takes only as much as was ever written. */
export async function makeSmallDisk(folder: string, bytes: number): Promise<SmallDisk> {
  const file = join(folder, "disk");
  const mounted = join(folder, "mounted");
  await mkdir(mounted, { recursive: true });
  const handle = await open(file, "w");
  await handle.truncate(bytes);
  await handle.close();
  // Nothing is kept back for root, who runs the engine.
  await runChecked("mkfs.ext4", ["-q", "-F", "-m", "0", file]);
  await runChecked("mount", ["-o", "loop", file, mounted]);
  const filler = join(mounted, "filler");
  return {
    folder: mounted,
    fill: async (left) => {
      const { bavail, bsize } = await statfs(mounted);
      const wanted = bavail * bsize - left;
      if (wanted > 0) await run("fallocate", ["--length", String(wanted), filler]);
    },
    release: () => rm(filler, { force: true }),
    remove: async () => {
      await runChecked("umount", [mounted]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
