import type { ArtifactFixture } from "./artifact-fixture.ts";
import type { PackageFixture } from "./package-fixture.ts";
import { makeRegistry, type RegistryFixture } from "./registry-fixture.ts";

/** Everything a Pkg server serves: registries, every version of every package, artifacts. */
export interface Catalogue {
  readonly registries: readonly RegistryFixture[];
  readonly packages: readonly PackageFixture[];
  readonly artifacts: readonly ArtifactFixture[];
}

/** The catalogue of one registry, General, that lists all the packages. */
export function catalogueOf(packages: readonly PackageFixture[]): Catalogue {
  return {
    registries: [makeRegistry(packages)],
    packages,
    artifacts: packages.flatMap((fixture) => fixture.artifacts),
  };
}
