import { inject } from "vitest";
import { engineAt } from "../engine/engine-client.ts";
import { isVersionAtLeast, type JuliaImage, minorVersion } from "../engine/julia/julia-image.ts";
import type { PackageFixture } from "../engine/packages/package-fixture.ts";
import { STANDARD_PACKAGES } from "../engine/packages/standard.ts";
import type { Files, ProjectRequest, ResolvedProject } from "../engine/resolver/project-request.ts";
import { resolveProject } from "../engine/resolver/resolve-project.ts";

/** The Julia that a suite runs on. */
export interface Julia extends JuliaImage {
  /** `1.12` of `1.12.5`. */
  readonly minor: string;
  isAtLeast(major: number, minor: number): boolean;
  /** Has this Julia's Pkg make the manifest of a project; the packages are the standard ones if none are given. */
  resolve(request: ProjectRequest, available?: readonly PackageFixture[]): Promise<ResolvedProject>;
  /** The same, of which all files are wanted. */
  project(request: ProjectRequest, available?: readonly PackageFixture[]): Promise<Files>;
}

export function juliaOf(julia: JuliaImage): Julia {
  const resolve: Julia["resolve"] = (request, available = STANDARD_PACKAGES) => {
    const { engines, run } = inject("endToEnd");
    const [address] = engines;
    if (address === undefined) throw new Error("there is no engine");
    return resolveProject({ engine: engineAt(address), julia, run }, available, request);
  };
  return {
    ...julia,
    minor: minorVersion(julia.version),
    isAtLeast: (major, minor) => isVersionAtLeast(julia.version, major, minor),
    resolve,
    project: async (request, available) => (await resolve(request, available)).files,
  };
}
