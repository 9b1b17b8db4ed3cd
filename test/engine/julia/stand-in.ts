// Everything that is for Julia 1.5.3 alone: the stand-in of machines that have no other Julia.
import { type Architecture, CREATED, debianTar, imageLayout, SYSTEM_PATH } from "../debian-image.ts";
import type { ImageDescription } from "../image-layout.ts";

/** Debian's last Julia, and so the only real one to be had without a registry or julialang.org. */
export const STAND_IN_VERSION = "1.5.3";
export const STAND_IN = `julia:${STAND_IN_VERSION}`;

/** The image `julia:1.5.3`, shaped like the official one, as a layout folder; made once. */
export async function standInLayout(architecture: Architecture): Promise<string> {
  const image: ImageDescription = {
    name: `docker.io/library/${STAND_IN}`,
    architecture,
    created: CREATED,
    configuration: {
      Env: [
        "JULIA_PATH=/usr/local/julia",
        `PATH=/usr/local/julia/bin:${SYSTEM_PATH}`,
        `JULIA_VERSION=${STAND_IN_VERSION}`,
      ],
      Cmd: ["julia"],
    },
  };
  return imageLayout(`julia-${STAND_IN_VERSION}-${architecture}`, image, (tar) =>
    debianTar(tar, {
      suite: "bullseye",
      architecture,
      // The official image has curl too; Julia 1.5 downloads with it.
      packages: ["julia", "ca-certificates", "curl"],
      hooks: ['mkdir -p "$1/usr/local/julia/bin" && ln -s /usr/bin/julia "$1/usr/local/julia/bin/julia"'],
    }),
  );
}
