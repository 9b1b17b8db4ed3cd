import { runChecked } from "./command.ts";
import { CREATED, debianTar, imageLayout, SYSTEM_PATH } from "./debian-image.ts";
import { unpackDebianPackages } from "./debian-packages.ts";
import type { Engine } from "./engine-client.ts";
import { loadImageLayout } from "./image-layout.ts";
import { isPresent } from "./presence.ts";

/** Bases for small images, made of Debian's packages. Julia's images are of this Debian or an older one. */
const SUITE = "trixie";

interface SmallBase {
  readonly packages: readonly string[];
  readonly suite: string;
  /** With a shell and apt, its packages installed; otherwise these are unpacked, and nothing else is there. */
  readonly isDebian: boolean;
}

const BASES = {
  /** As Debian's own slim images. */
  slim: { suite: SUITE, packages: ["ca-certificates"], isDebian: true },
  /** A C library and certificates, without a shell, as the images that are called distroless. */
  bare: { suite: SUITE, packages: ["base-files", "libc6", "ca-certificates"], isDebian: false },
  /** With a C library that is older than what Julia was linked with. */
  old: { suite: "bullseye", packages: ["base-files", "libc6"], isDebian: false },
  /** With another C library. */
  musl: { suite: SUITE, packages: ["musl"], isDebian: false },
} satisfies Record<string, SmallBase>;

export type SmallBaseName = keyof typeof BASES;

export function isSmallBaseName(name: string): name is SmallBaseName {
  return Object.hasOwn(BASES, name);
}

/** Has the engine hold a small base, and returns the name of its image. */
export async function provideSmallBase(engine: Engine, name: SmallBaseName): Promise<string> {
  const image = `julia-frontend-base-${name}:1`;
  if (!(await isPresent(engine, image)))
    await loadImageLayout(engine, await smallBaseLayout(image, BASES[name]));
  return image;
}

function smallBaseLayout(image: string, base: SmallBase): Promise<string> {
  const description = {
    name: `docker.io/library/${image}`,
    architecture: "amd64",
    created: CREATED,
    configuration: { Env: [`PATH=${SYSTEM_PATH}`], Cmd: base.isDebian ? ["bash"] : [] },
  };
  return imageLayout(image.replace(":", "-"), description, (tar) =>
    base.isDebian ? debianTar(tar, { ...base, architecture: "amd64", hooks: [] }) : unpackedTar(tar, base),
  );
}

async function unpackedTar(tar: string, { suite, packages }: SmallBase): Promise<void> {
  const folder = await unpackDebianPackages(suite, packages);
  const fixed = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", `--mtime=${CREATED}`];
  const leftOut = ["doc", "man", "locale"].map((name) => `--exclude=./usr/share/${name}`);
  await runChecked("tar", [...fixed, ...leftOut, "-cf", tar, "-C", folder, "."]);
}
