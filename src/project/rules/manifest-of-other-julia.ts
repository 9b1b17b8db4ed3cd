import { parseJuliaVersion } from "../../julia/julia-version.ts";
import type { FileFinding, ProjectContext, ProjectRule } from "./project-rule.ts";

/**
 * A manifest made by another minor version may name standard libraries that this Julia has not, or has at other versions.
 * Pkg itself warns (`check_manifest_julia_version_compat` in Pkg.jl), and so do we.
 */
export const manifestOfOtherJulia: ProjectRule = {
  name: "manifest-of-other-julia",
  check({ project: { manifest }, julia }: ProjectContext): readonly FileFinding[] {
    const made = parseJuliaVersion(manifest.juliaVersion ?? "");
    if (made?.minor === undefined || julia?.minor === undefined) {
      return [];
    }
    if (made.major === julia.major && made.minor === julia.minor) {
      return [];
    }
    const version = `${julia.major}.${julia.minor}`;
    return [
      {
        severity: "warning",
        message: `the manifest was made by Julia ${made.major}.${made.minor}, but the image has Julia ${version}`,
        suggestion: `run \`Pkg.resolve()\` with Julia ${version}, or set \`julia = "${made.major}.${made.minor}"\` in the spec`,
        file: manifest.file,
        path: ["julia_version"],
      },
    ];
  },
};
