import { isAtLeast, type JuliaVersion } from "../julia/julia-version.ts";
import type { ProjectFile } from "./project.ts";

/**
 * What a project depends on in any case. Packages list a weak dependency under `[deps]` as well, for the sake of Julia 1.8
 * and older, which know no weak ones; since Julia 1.9 it is a weak one alone (Pkg.jl, src/project.jl, `Project`;
 * https://pkgdocs.julialang.org/v1/creating-packages/, "Backwards compatibility").
 *
 * @param julia as precise as it is known
 */
export function strongDependencies(
  { dependencies, weakDependencies }: ProjectFile,
  julia: JuliaVersion = { major: 1 },
): ReadonlyMap<string, string> {
  return isAtLeast(julia, 1, 9)
    ? new Map([...dependencies].filter(([name, uuid]) => weakDependencies.get(name) !== uuid))
    : dependencies;
}
