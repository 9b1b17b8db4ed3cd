import type { JuliaVersion } from "../julia/julia-version.ts";
import { hasErrors, limitDiagnostics } from "../text/diagnostic.ts";
import type { Reading } from "../text/reading.ts";
import type { SourceFile } from "../text/source-file.ts";
import type { TomlTable } from "../text/toml/parse-table.ts";
import { locatedInManifest } from "./located-dependency.ts";
import type { Manifest, PreferenceLevel, Project, ProjectFile } from "./project.ts";
import { readManifest } from "./read-manifest.ts";
import { readPreferences } from "./read-preferences.ts";
import { readProjectFile } from "./read-project-file.ts";
import { relevantPackages } from "./relevant-packages.ts";
import { pathRules } from "./rules/path-rules.ts";
import { checkRules, type Given } from "./rules/project-rule.ts";
import { projectRules } from "./rules/project-rules.ts";
import { strongDependencies } from "./strong-dependencies.ts";

/** The texts of a project folder, under the names that `file-names.ts` chooses. */
export interface ProjectTexts {
  readonly projectFile: SourceFile;
  readonly manifest: SourceFile;
  readonly localPreferences?: SourceFile;
  /** The projects in whose workspace this one is, the outermost first. */
  readonly inherited?: readonly PreferenceLevel[];
}

/** What is given to a project that stands alone. */
export const nothingGiven: Given = {
  ssh: false,
  secrets: false,
  runsNothing: false,
  runsTests: false,
  hasContext: () => false,
  look: () => undefined,
  isIgnored: () => false,
};

/**
 * Reads and checks a project. All that is wrong in any of its files is reported, each at its place in that file.
 *
 * @param julia the Julia that the image will have, as precise as it is known
 * @param given what comes with the build besides these files
 */
export function readProject(
  texts: ProjectTexts,
  julia?: JuliaVersion,
  given: Given = nothingGiven,
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
  const project = projectOf(projectFile.value, manifest.value, {
    localPreferences: preferences.value,
    inherited: texts.inherited ?? [],
    julia,
  });
  const dependencies = locatedInManifest(project.manifest);
  const diagnostics = limitDiagnostics([
    ...syntax,
    ...checkRules(projectRules, { project, julia, given }),
    ...checkRules(pathRules, { dependencies, given }),
  ]);
  return hasErrors(diagnostics) ? { diagnostics } : { value: project, diagnostics };
}

function projectOf(
  projectFile: ProjectFile,
  manifest: Manifest,
  about: {
    readonly localPreferences: TomlTable;
    readonly inherited: readonly PreferenceLevel[];
    readonly julia: JuliaVersion | undefined;
  },
): Project {
  const directDependencies = strongDependencies(projectFile, about.julia);
  const inWorkspace = about.inherited.length > 0 || projectFile.workspace.length > 0;
  const packages = relevantPackages(manifest, {
    directDependencies: directDependencies.values(),
    uuid: projectFile.uuid,
    inWorkspace,
  });
  return {
    projectFile,
    directDependencies,
    manifest: { ...manifest, packages },
    inWorkspace,
    localPreferences: about.localPreferences,
    inherited: about.inherited,
  };
}
