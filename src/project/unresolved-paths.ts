import { posix } from "node:path";
import type { JuliaVersion } from "../julia/julia-version.ts";
import { projectFileNames } from "./file-names.ts";
import type { PlaceFiles } from "./find-files.ts";
import { type Looks, textsOf, type WantedPath } from "./looks.ts";
import { entryFile } from "./path-dependency.ts";
import { pathSources } from "./path-sources.ts";
import { readProjectFile } from "./read-project-file.ts";
import { workspaceFolders, workspaceProjects } from "./workspace.ts";

/** What counts for a project without a manifest: the other projects of its workspace, and packages in folders. */
export function unresolvedPaths(
  files: PlaceFiles,
  looks: Looks,
  julia: JuliaVersion | undefined,
): readonly WantedPath[] {
  const texts = textsOf(looks);
  const projectFile = readProjectFile(files.projectFile).value;
  if (projectFile === undefined) {
    return [];
  }
  const folders = workspaceFolders(files, texts, julia);
  const workspace = workspaceProjects(files, texts, julia);
  const sources = pathSources({ folder: files.folder, projectFile }, workspace, texts);
  return [
    ...[...folders, ...sources.map(({ folder }) => folder)].flatMap(projectFilesIn),
    ...sources.map(({ name, folder }) => ({ path: entryFile(folder, name), content: false })),
  ];
}

function projectFilesIn(folder: string): readonly WantedPath[] {
  return projectFileNames.map((name) => ({ path: posix.join(folder, name), content: true }));
}
