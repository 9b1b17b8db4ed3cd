import { posix } from "node:path";
import type { JuliaVersion } from "../julia/julia-version.ts";
import { hasErrors, limitDiagnostics } from "../text/diagnostic.ts";
import type { Reading } from "../text/reading.ts";
import type { SourceFile } from "../text/source-file.ts";
import type { TomlTable } from "../text/toml/parse-table.ts";
import type { PlaceFiles } from "./find-files.ts";
import type { ProjectPlace } from "./layout.ts";
import type { LoadedProject } from "./loaded-project.ts";
import {
  type LocatedDependency,
  linkedFolder,
  locatedBySources,
  locatedInManifest,
} from "./located-dependency.ts";
import { type Looks, textsOf } from "./looks.ts";
import { pathSources } from "./path-sources.ts";
import type { PreferenceLevel } from "./project.ts";
import { packageHash } from "./project-hash.ts";
import { readPreferences } from "./read-preferences.ts";
import { readProject } from "./read-project.ts";
import { readProjectFile } from "./read-project-file.ts";
import { pathRules } from "./rules/path-rules.ts";
import { checkRules, type Given } from "./rules/project-rule.ts";
import { unresolvedRules } from "./rules/unresolved-rules.ts";
import { strongDependencies } from "./strong-dependencies.ts";
import { workspaceProjects } from "./workspace.ts";

export interface LoadedProjectOptions {
  /** The image's Julia, as precise as it is known. */
  readonly julia: JuliaVersion | undefined;
  readonly given: Given;
  readonly looks: Looks;
}

/** Reads and checks the files of a project. All that is wrong is reported, each at its place in its file. */
export function readLoadedProject(files: PlaceFiles, options: LoadedProjectOptions): Reading<LoadedProject> {
  const inherited = readInherited(files);
  if (files.manifest === undefined) {
    return readUnresolved(files, { ...options, inherited });
  }
  const { projectFile, manifest, localPreferences } = files;
  const texts = {
    projectFile,
    manifest,
    ...(localPreferences === undefined ? {} : { localPreferences }),
    inherited: inherited.value ?? [],
  };
  const { value, diagnostics } = readProject(texts, options.julia, options.given);
  if (value === undefined || inherited.value === undefined) {
    return { diagnostics: limitDiagnostics([...diagnostics, ...inherited.diagnostics]) };
  }
  return {
    value: {
      projectFile: value.projectFile,
      directDependencies: value.directDependencies,
      localPreferences: value.localPreferences,
      inherited: inherited.value,
      resolved: value,
      unresolved: undefined,
      place: placeOf(files, locatedInManifest(value.manifest), options.looks),
    },
    diagnostics,
  };
}

interface UnresolvedOptions extends LoadedProjectOptions {
  readonly inherited: Reading<readonly PreferenceLevel[]>;
}

function readUnresolved(
  files: PlaceFiles,
  { inherited, julia, given, looks }: UnresolvedOptions,
): Reading<LoadedProject> {
  const { folder, localPreferences } = files;
  const project = readProjectFile(files.projectFile);
  const own = readPreferencesIfThere(localPreferences);
  const syntax = [project, own, inherited].flatMap((reading) => reading.diagnostics);
  if (project.value === undefined || own.value === undefined || inherited.value === undefined) {
    return { diagnostics: limitDiagnostics(syntax) };
  }
  const projectFile = project.value;
  const texts = textsOf(looks);
  const workspace = workspaceProjects(files, texts, julia);
  const sources = pathSources({ folder, projectFile }, workspace, texts);
  const dependencies = locatedBySources(sources);
  const diagnostics = limitDiagnostics([
    ...syntax,
    ...checkRules(unresolvedRules, { projectFile, julia }),
    ...checkRules(pathRules, { dependencies, given }),
  ]);
  const value: LoadedProject = {
    projectFile,
    directDependencies: strongDependencies(projectFile, julia),
    localPreferences: own.value,
    inherited: inherited.value,
    resolved: undefined,
    unresolved: {
      sources,
      manifestHash: workspace.length > 0 ? undefined : (packageHash(projectFile, julia) ?? ""),
      others: workspace.filter((other) => other.folder !== folder).map((other) => other.projectFile),
    },
    place: placeOf(files, dependencies, looks),
  };
  return hasErrors(diagnostics) ? { diagnostics } : { value, diagnostics };
}

/** The projects around this one, as far as they set preferences. */
function readInherited({ above }: PlaceFiles): Reading<readonly PreferenceLevel[]> {
  const levels = above.map((level) => {
    const projectFile = readProjectFile(level.projectFile);
    const preferences = readPreferencesIfThere(level.localPreferences);
    return { projectFile, preferences };
  });
  const value = levels.flatMap(({ projectFile, preferences }) =>
    projectFile.value === undefined || preferences.value === undefined
      ? []
      : [{ projectFile: projectFile.value, localPreferences: preferences.value }],
  );
  return {
    ...(value.length < levels.length ? {} : { value }),
    diagnostics: levels.flatMap(({ projectFile, preferences }) => [
      ...projectFile.diagnostics,
      ...preferences.diagnostics,
    ]),
  };
}

function readPreferencesIfThere(file: SourceFile | undefined): Reading<TomlTable> {
  return file === undefined ? { value: {}, diagnostics: [] } : readPreferences(file);
}

function placeOf(
  { folder, projectFile, manifest, localPreferences, workspace, above }: PlaceFiles,
  dependencies: readonly LocatedDependency[],
  looks: Looks,
): ProjectPlace {
  const files = [
    projectFile,
    manifest,
    localPreferences,
    ...above.flatMap((level) => [level.projectFile, level.localPreferences]),
  ].flatMap((file) => (file === undefined ? [] : [file.name]));
  return {
    folder,
    manifestFolder: manifest === undefined ? (workspace?.folder ?? folder) : posix.dirname(manifest.name),
    files,
    linked: [...new Set(files.flatMap((name) => linkedFrom(name, looks)))],
    linkedFolders: new Map(dependencies.flatMap((dependency) => linkedFolder(dependency, looks))),
  };
}

/** What stands between a name and its file, and that file, if the name is a link. */
function linkedFrom(name: string, looks: Looks): readonly string[] {
  const look = looks.get(name);
  return look?.kind === "file" && look.links.length > 0
    ? [...look.links.filter((link) => link !== name), look.path]
    : [];
}
