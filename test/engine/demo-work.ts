import type { Step } from "../e2e/build-log.ts";
import type { PackageFixture } from "./packages/package-fixture.ts";
import type { ServedRequest } from "./packages/pkg-server.ts";

/** What one build did for the packages that the image holds. */
export interface Work {
  /** Names of packages that the Pkg server sent. */
  readonly downloaded: readonly string[];
  /** Names of packages and extensions for which Julia made compiled files. */
  readonly compiled: readonly string[];
}

export interface Build extends Work {
  /** Wall time of the whole build. */
  readonly seconds: number;
}

/** Downloads are what the server has sent, and not what the build says of itself. */
export function workOf(
  steps: readonly Step[],
  requests: readonly ServedRequest[],
  packages: readonly PackageFixture[],
): Work {
  const names = new Map(packages.map(({ name, uuid }) => [uuid, name]));
  const downloaded = requests
    .filter(({ status }) => status === 200)
    .flatMap(({ path }) => names.get(/^\/package\/([^/]+)\//.exec(path)?.[1] ?? "") ?? []);
  const compiled = steps
    .flatMap(({ output }) => output)
    .flatMap((line) => /^ *compiling \[\d+\/\d+\] (?:\w+ → )?(\w+)/.exec(line)?.[1] ?? []);
  return { downloaded: downloaded.toSorted(), compiled };
}
