import { generatedPackages, uuidFor } from "../../test/engine/packages/generated.ts";
import { definePackage, type PackageFixture } from "../../test/engine/packages/package-fixture.ts";
import type { Files } from "../../test/engine/resolver/project-request.ts";
import { generatedProject } from "../generated-project.ts";
import { largeArtifact } from "../large-artifact.ts";
import type { Series } from "./results.ts";

export const packageCounts = [50, 100, 200, 500] as const;
export const sizes: Readonly<Record<Series, readonly number[]>> = {
  packages: packageCounts,
  /** GB, each in a package of its own. */
  artifacts: [1, 2, 5],
  files: [1000, 3000, 10_000],
  /** Targets × platforms. */
  builds: [4, 16, 64],
};

/** As little in each as can be, so that what is measured depends on how many there are. */
export const bigPackages: readonly PackageFixture[] = generatedPackages({
  count: Math.max(...packageCounts),
  functions: 1,
  prefix: "Grain",
});

const gigabyte = { bytes: 1e9, files: 400 };

/** As many packages with an artifact as the largest of the projects needs. Making them takes a minute. */
export function artifactPackages(): readonly PackageFixture[] {
  return Array.from({ length: Math.max(...sizes.artifacts) }, (_, index) => {
    const name = `Boulder${index}_jll`;
    const artifacts = [largeArtifact(name, gigabyte)];
    const body = "run(x) = x";
    return definePackage({ name, uuid: uuidFor(name), version: "1.0.0", body, artifacts });
  });
}

export function projectWithArtifacts(count: number, available: readonly PackageFixture[]): Files {
  return generatedProject(count, available).files;
}

export function projectWithPackages(count: number): Files {
  return generatedProject(count, bigPackages).files;
}

/** The smallest of the projects, with so many files of 1 kB beside its own. */
export function projectWithFiles(count: number): Files {
  const more = Array.from({ length: count }, (_, index) => [
    `data/${index % 50}/${index}.csv`,
    `${index},${"1,".repeat(500)}\n`,
  ]);
  return { ...projectWithPackages(packageCounts[0]), ...Object.fromEntries(more) };
}
