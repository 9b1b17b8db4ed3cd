import { isAtLeast } from "../../julia/julia-version.ts";
import type { FileFinding, ProjectContext, ProjectRule } from "./project-rule.ts";

/** Format 2 is read since Julia 1.6.2 (CHANGELOG.md of Pkg.jl, 1.7); older ones fail without saying why. */
export const manifestFormatTooNew: ProjectRule = {
  name: "manifest-format-too-new",
  check({ project: { manifest }, julia }: ProjectContext): readonly FileFinding[] {
    const isEmpty = manifest.packages.size === 0;
    if (julia === undefined || manifest.format.startsWith("1.") || isEmpty || isAtLeast(julia, 1, 6, 2)) {
      return [];
    }
    return [
      {
        severity: "error",
        message: `Julia before 1.6.2 cannot read a manifest of format ${manifest.format}`,
        suggestion: "use a newer Julia, or make the manifest anew with this one",
        file: manifest.file,
        path: ["manifest_format"],
      },
    ];
  },
};
