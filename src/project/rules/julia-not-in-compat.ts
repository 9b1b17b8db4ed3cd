import type { JuliaVersion } from "../../julia/julia-version.ts";
import { quote } from "../../text/quote.ts";
import { admits, parseVersionSpec } from "../version-spec.ts";
import type { FileFinding, ProjectContext, ProjectRule } from "./project-rule.ts";

/** Pkg heeds this bound when it resolves, not when it installs from a manifest: nothing later would say so. */
export const juliaNotInCompat: ProjectRule = {
  name: "julia-not-in-compat",
  check({ project: { projectFile }, julia }: ProjectContext): readonly FileFinding[] {
    const bound = projectFile.compatibility.get("julia");
    if (bound === undefined) {
      return [];
    }
    const place = { severity: "warning", file: projectFile.file, path: ["compat", "julia"] } as const;
    const spec = parseVersionSpec(bound);
    if (spec === undefined) {
      const suggestion = 'write it as in `julia = "1.10"`, which means 1.10 and every later 1.x';
      return [{ ...place, message: `${quote(bound)} is not a range of versions`, suggestion }];
    }
    if (julia === undefined || admits(spec, partsOf(julia))) {
      return [];
    }
    const version = partsOf(julia).join(".");
    const message = `the project asks for Julia ${quote(bound)}, but the image has Julia ${version}`;
    const suggestion = "set `julia` in the spec to a version that the project allows, or widen its [compat]";
    return [{ ...place, message, suggestion }];
  },
};

function partsOf({ major, minor, patch }: JuliaVersion): readonly number[] {
  return [major, minor, patch].filter((part) => part !== undefined);
}
