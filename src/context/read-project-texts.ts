import { applyCheck } from "../diagnostics/check-settings.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Reading } from "../diagnostics/reading.ts";
import { firstLine, type SourceFile, type Span } from "../diagnostics/source-file.ts";
import { findProjectFiles, type PlaceFiles } from "../project/find-files.ts";
import type { LoadedProject } from "../project/loaded-project.ts";
import { readLoadedProject } from "../project/read-loaded-project.ts";
import type { Given } from "../project/rules/rule.ts";
import type { JuliaVersion } from "../spec/julia-version.ts";
import type { Spec } from "../spec/spec.ts";

/**
 * Finds and reads the project of a spec among the texts of a build context, as strictly as the spec says.
 *
 * @param texts every file that may count, by its path in the context
 * @param julia the Julia of the base image, as precise as it is known
 * @param hasContext whether a context of its own has the sources of a path dependency
 */
export function readProjectTexts(
  spec: Spec,
  texts: ReadonlyMap<string, SourceFile>,
  julia: JuliaVersion | undefined,
  hasContext: Given["hasContext"] = () => false,
): Reading<LoadedProject> {
  const found = findProjectFiles(spec.project, texts, julia);
  if (found === undefined) {
    return { diagnostics: [missingProjectFile(spec)] };
  }
  const given = { ssh: spec.ssh !== undefined, secrets: spec.secrets.length > 0, hasContext };
  const { value, diagnostics } = readLoadedProject(found, julia, given);
  const warnings = value !== undefined && found.manifest === undefined ? [missingManifest(spec, found)] : [];
  return {
    ...(value === undefined ? {} : { value }),
    diagnostics: applyCheck([...diagnostics, ...warnings], spec.check),
  };
}

function missingProjectFile(spec: Spec): Diagnostic {
  const place =
    spec.project === "." ? "the build context" : `the folder ${spec.project} of the build context`;
  return {
    rule: "no-project",
    severity: "error",
    message: `there is no Project.toml in ${place}`,
    suggestion:
      "set `project` to the folder of your Project.toml, and see that .dockerignore does not leave it out",
    file: spec.file,
    span: spanOf(spec, "project"),
  };
}

function missingManifest(spec: Spec, { projectFile }: PlaceFiles): Diagnostic {
  return {
    rule: "no-manifest",
    severity: "warning",
    message: `there is no Manifest.toml beside ${projectFile.name}, so this build chooses the versions`,
    suggestion:
      "run `Pkg.resolve()` in the project and commit the Manifest.toml, or take the one that is put into the image",
    file: spec.file,
    span: spanOf(spec, "project"),
  };
}

function spanOf(spec: Spec, key: string): Span {
  return spec.spans.get(key) ?? firstLine(spec.file.text);
}
