import { parse } from "semver";
import { UserError } from "../src/text/user-error.ts";

/** What a git tag such as `v1.2.3` stands for. */
export interface Release {
  /** `1.2.3`, as package.json has it. */
  readonly version: string;
  /** Tags of the image; a release that comes before another version gets no tag that people follow. */
  readonly tags: readonly string[];
}

/**
 * Reads a git tag of a release. Version 0 gets the tag of the coming 1: the syntax line of a spec names the language's version.
 *
 * @throws UserError if it is no version with a `v` in front, or not the version of package.json
 */
export function releaseOf(gitTag: string, packageVersion: string): Release {
  const version = gitTag.startsWith("v") ? parse(gitTag.slice(1)) : null;
  if (version === null || version.build.length > 0) {
    throw new UserError(`${gitTag} is no tag of a release: it has to be like v1.2.3 or v1.2.3-rc.1`);
  }
  if (version.version !== packageVersion) {
    throw new UserError(`the tag is ${gitTag}, but package.json has version ${packageVersion}`);
  }
  if (version.prerelease.length > 0) return { version: version.version, tags: [version.version] };
  const followed = [String(Math.max(1, version.major)), `${version.major}.${version.minor}`];
  return { version: version.version, tags: [...followed, version.version] };
}
