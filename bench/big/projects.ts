import { generatedPackages } from "../../test/engine/packages/generated.ts";
import type { PackageFixture } from "../../test/engine/packages/package-fixture.ts";
import type { Files } from "../../test/engine/resolver/project-request.ts";
import { generatedProject } from "../generated-project.ts";
import type { Series } from "./results.ts";

export const packageCounts = [50, 100, 200, 500] as const;
export const sizes: Readonly<Record<Series, readonly number[]>> = {
  packages: packageCounts,
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
