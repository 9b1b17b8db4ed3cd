import { minorVersion } from "./julia-image.ts";
import { STAND_IN } from "./stand-in.ts";

/** The versions that the product is made for; the last lines of a run say which of them were not to be had. */
export const MADE_FOR = ["1.10", "1.11", "1.12", "1.13"] as const;

/** Official images that are pulled where an engine can pull: the long-term support release and today's. */
const OFFICIAL = ["1.10", "1.12"] as const;

export interface WantedImages {
  /** Without these there is no run. */
  readonly required: readonly string[];
  /** Without these the run is said to lack them. */
  readonly optional: readonly string[];
}

/** What a machine has to offer. */
export interface Offer {
  /** The value of JULIA_IMAGES, if there is one. */
  readonly named: string | undefined;
  /** Archives in the state folder. */
  readonly archives: readonly { readonly image: string; readonly version: string }[];
  /** Whether the engine is the user's own, which can pull. */
  readonly canPull: boolean;
  /** Whether one version is enough, so that nobody waits for another one to be pulled. */
  readonly newestAlone?: boolean;
}

/**
 * Which images the tests run: those that the user names, and no others; else the archives, and what a user's Docker can pull
 * besides them; and on a bare Debian without any the stand-in.
 */
export function wantedImages({ named, archives, canPull, newestAlone = false }: Offer): WantedImages {
  const names = (named ?? "").split(/[\s,]+/).filter((name) => name !== "");
  if (names.length > 0) return { required: [...new Set(names)], optional: [] };
  const required = archives.map(({ image }) => image);
  if (canPull) {
    const covered = new Set(archives.map(({ version }) => minorVersion(version)));
    const official = newestAlone ? OFFICIAL.slice(-1) : OFFICIAL;
    const optional = official.filter((version) => !covered.has(version)).map((version) => `julia:${version}`);
    return { required, optional };
  }
  return { required: required.length > 0 ? required : [STAND_IN], optional: [] };
}
