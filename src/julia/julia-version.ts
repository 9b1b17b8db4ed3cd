/** A Julia version as people write it: from `1` to `1.13.0-rc1`. Parts that are left out mean "the newest". */
export interface JuliaVersion {
  readonly major: number;
  readonly minor?: number;
  readonly patch?: number;
  /** What follows the hyphen, as `rc1`. */
  readonly prerelease?: string;
}

const pattern =
  /^(0|[1-9]\d{0,3})(?:\.(0|[1-9]\d{0,3}))?(?:\.(0|[1-9]\d{0,3}))?(?:-([A-Za-z0-9.]+))?(?:\+\S*)?$/;

/** Reads a version of Julia; build metadata after `+` is left out. `undefined` if it is none. */
export function parseJuliaVersion(text: string): JuliaVersion | undefined {
  const match = pattern.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, major, minor, patch, prerelease] = match;
  return {
    major: Number(major),
    ...(minor === undefined ? {} : { minor: Number(minor) }),
    ...(patch === undefined ? {} : { patch: Number(patch) }),
    ...(prerelease === undefined ? {} : { prerelease }),
  };
}

/** Whether a version is at least `major.minor.patch`, taking a left-out part as the newest and a pre-release as its release. */
export function isAtLeast(version: JuliaVersion, major: number, minor: number, patch = 0): boolean {
  const parts = [
    [version.major, major],
    [version.minor ?? Number.POSITIVE_INFINITY, minor],
    [version.patch ?? Number.POSITIVE_INFINITY, patch],
  ] as const;
  const difference = parts.find(([actual, wanted]) => actual !== wanted);
  return difference === undefined || difference[0] > difference[1];
}
