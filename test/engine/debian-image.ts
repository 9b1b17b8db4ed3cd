import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { runChecked } from "./command.ts";
import { sourceLine, thisDebian } from "./debian-packages.ts";
import { mmdebstrapFolder } from "./engine-programs.ts";
import { type ImageDescription, writeImageLayout } from "./image-layout.ts";
import { statePath, stateSubfolder, withLock } from "./state.ts";

/**
 * Every file of an image newer than this gets this time (2024-10-01). Debian 11's packages are all
 * older: Julia's library keeps the times that Julia's own compiled files may have recorded.
 */
const IMAGE_TIME = 1_727_740_800;
/** When the images of the tests were created, as they say. */
export const CREATED = new Date(IMAGE_TIME * 1000).toISOString();

export const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Go's architecture names, as images use them, with Debian's. */
const DEBIAN_ARCHITECTURES = { amd64: "amd64", "386": "i386" } as const;
export type Architecture = keyof typeof DEBIAN_ARCHITECTURES;

/** The layout folder of an image whose one layer `makeTar` makes; made once. */
export async function imageLayout(
  folderName: string,
  image: ImageDescription,
  makeTar: (tar: string) => Promise<void>,
): Promise<string> {
  const folder = statePath("images", folderName);
  return withLock(`image-${folderName}`, async () => {
    if (existsSync(folder)) return folder;
    const scratch = await stateSubfolder("images", `.${folderName}-${process.pid}`);
    try {
      const tar = join(scratch, "layer.tar");
      await makeTar(tar);
      const layout = join(scratch, "layout");
      await writeImageLayout(layout, tar, image);
      await rename(layout, folder);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    return folder;
  });
}

export interface DebianTar {
  readonly suite: string;
  readonly architecture: Architecture;
  readonly packages: readonly string[];
  /** Shell scripts (constants of the callers) run at the end; `$1` is the image's root. */
  readonly hooks: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Makes a Debian's file system without documentation and translations, as Debian's own slim images. */
export async function debianTar(tar: string, debian: DebianTar): Promise<void> {
  const machine = await thisDebian();
  if (machine === undefined)
    throw new Error("this machine is not a Debian whose apt has a mirror configured");
  const programs = await mmdebstrapFolder();
  const leftOut = ["doc", "man", "info", "locale"].map(
    (name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`,
  );
  const hooks = [...debian.hooks, 'rm -f "$1/etc/resolv.conf" "$1/etc/hostname"'];
  await runChecked(
    join(programs, "mmdebstrap"),
    [
      ...["--quiet", "--mode=root", "--variant=minbase"],
      // It would look for qemu's helper; an amd64 kernel runs i386 programs by itself.
      "--skip=check/qemu",
      ...["--architectures", DEBIAN_ARCHITECTURES[debian.architecture]],
      ...["--include", debian.packages.join(",")],
      ...['--aptopt=Acquire::Languages "none"', ...leftOut],
      ...hooks.map((hook) => `--customize-hook=${hook}`),
      ...[debian.suite, tar, sourceLine(machine.mirror, debian.suite)],
    ],
    {
      environment: {
        ...process.env,
        ...debian.environment,
        PATH: `${programs}:/usr/sbin:/usr/bin:/sbin:/bin`,
        SOURCE_DATE_EPOCH: String(IMAGE_TIME),
      },
    },
  );
}
