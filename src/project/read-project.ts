import { hasErrors, limitDiagnostics } from "../diagnostics/diagnostic.ts";
import type { Reading } from "../diagnostics/reading.ts";
import type { SourceFile } from "../diagnostics/source-file.ts";
import type { JuliaVersion } from "../spec/julia-version.ts";
import type { Project } from "./project.ts";
import { readManifest } from "./read-manifest.ts";
import { readPreferences } from "./read-preferences.ts";
import { readProjectFile } from "./read-project-file.ts";
import { projectRules } from "./rules/project-rules.ts";
import { checkProject, type Given } from "./rules/rule.ts";

/** The texts of a project folder, under the names that `file-names.ts` chooses. */
export interface ProjectTexts {
  readonly projectFile: SourceFile;
  readonly manifest: SourceFile;
  readonly localPreferences?: SourceFile;
}

/**
 * Reads and checks a project. All that is wrong in any of its files is reported, each at its place in that file.
 *
 * @param julia the Julia that the image will have, as precise as it is known
 * @param given what comes with the build besides these files
 */
export function readProject(
  texts: ProjectTexts,
  julia?: JuliaVersion,
  given: Given = { ssh: false, secrets: false, hasContext: () => false },
): Reading<Project> {
  const projectFile = readProjectFile(texts.projectFile);
  const manifest = readManifest(texts.manifest);
  const preferences =
    texts.localPreferences === undefined
      ? { value: {}, diagnostics: [] }
      : readPreferences(texts.localPreferences);
  const syntax = [projectFile, manifest, preferences].flatMap((reading) => reading.diagnostics);
  if (projectFile.value === undefined || manifest.value === undefined || preferences.value === undefined) {
    return { diagnostics: limitDiagnostics(syntax) };
  }
  const project: Project = {
    projectFile: projectFile.value,
    manifest: manifest.value,
    localPreferences: preferences.value,
  };
  const diagnostics = limitDiagnostics([...syntax, ...checkProject(projectRules, { project, julia, given })]);
  return hasErrors(diagnostics) ? { diagnostics } : { value: project, diagnostics };
}
