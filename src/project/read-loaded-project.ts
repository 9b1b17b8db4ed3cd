import { posix } from "node:path";
import { limitDiagnostics } from "../diagnostics/diagnostic.ts";
import type { Reading } from "../diagnostics/reading.ts";
import type { JuliaVersion } from "../spec/julia-version.ts";
import type { TomlTable } from "../toml/parse-table.ts";
import type { PlaceFiles } from "./find-files.ts";
import type { ProjectPlace } from "./layout.ts";
import type { LoadedProject } from "./loaded-project.ts";
import { mergePreferences } from "./merge-preferences.ts";
import { readPreferences } from "./read-preferences.ts";
import { readProject } from "./read-project.ts";
import { readProjectFile } from "./read-project-file.ts";
import type { Given } from "./rules/rule.ts";
import { strongDependencies } from "./strong-dependencies.ts";

/** Reads and checks the files of a project. All that is wrong is reported, each at its place in its file. */
export function readLoadedProject(
  files: PlaceFiles,
  julia: JuliaVersion | undefined,
  given?: Given,
): Reading<LoadedProject> {
  const place = placeOf(files);
  const inherited = readWorkspacePreferences(files);
  if (files.manifest === undefined) {
    return readUnresolved(files, { place, inherited, julia });
  }
  const { projectFile, manifest, localPreferences } = files;
  const texts = {
    projectFile,
    manifest,
    ...(localPreferences === undefined ? {} : { localPreferences }),
    isMember: files.workspace !== undefined,
  };
  const { value, diagnostics } = readProject(texts, julia, given);
  if (value === undefined || inherited.value === undefined) {
    return { diagnostics: limitDiagnostics([...diagnostics, ...inherited.diagnostics]) };
  }
  const project = { ...value, localPreferences: mergePreferences(inherited.value, value.localPreferences) };
  const { projectFile: own, directDependencies } = project;
  return {
    value: {
      projectFile: own,
      directDependencies,
      localPreferences: project.localPreferences,
      resolved: project,
      place,
    },
    diagnostics,
  };
}

function readUnresolved(
  { projectFile, localPreferences }: PlaceFiles,
  {
    place,
    inherited,
    julia,
  }: {
    readonly place: ProjectPlace;
    readonly inherited: Reading<TomlTable>;
    readonly julia: JuliaVersion | undefined;
  },
): Reading<LoadedProject> {
  const project = readProjectFile(projectFile);
  const own: Reading<TomlTable> =
    localPreferences === undefined ? { value: {}, diagnostics: [] } : readPreferences(localPreferences);
  const diagnostics = limitDiagnostics([project, own, inherited].flatMap((reading) => reading.diagnostics));
  if (project.value === undefined || own.value === undefined || inherited.value === undefined) {
    return { diagnostics };
  }
  const preferences = mergePreferences(inherited.value, own.value);
  const value = {
    projectFile: project.value,
    directDependencies: strongDependencies(project.value, julia),
    localPreferences: preferences,
    resolved: undefined,
    place,
  };
  return { value, diagnostics };
}

function readWorkspacePreferences({ workspace }: PlaceFiles): Reading<TomlTable> {
  const file = workspace?.localPreferences;
  return file === undefined ? { value: {}, diagnostics: [] } : readPreferences(file);
}

function placeOf({ folder, projectFile, manifest, localPreferences, workspace }: PlaceFiles): ProjectPlace {
  const files = [
    projectFile,
    manifest,
    localPreferences,
    workspace?.projectFile,
    workspace?.localPreferences,
  ];
  return {
    folder,
    manifestFolder: manifest === undefined ? folder : posix.dirname(manifest.name),
    files: files.flatMap((file) => (file === undefined ? [] : [file.name])),
  };
}
