import { isAtLeast, type JuliaVersion } from "../julia/julia-version.ts";
import type { SourceFile } from "../text/source-file.ts";
import { membersOf, type PlaceFiles, projectFileIn } from "./find-files.ts";
import type { ProjectFile } from "./project.ts";
import { readProjectFile } from "./read-project-file.ts";

/** A project of a workspace that can be read. */
export interface WorkspaceProject {
  /** The project's folder in the context. */
  readonly folder: string;
  readonly projectFile: ProjectFile;
}

/** Folders of all projects of the workspace that a project is in, its root first; none if it is in none. */
export function workspaceFolders(
  { folder, projectFile, workspace }: PlaceFiles,
  texts: ReadonlyMap<string, SourceFile>,
  julia: JuliaVersion = { major: 1 },
): readonly string[] {
  const root = workspace?.folder ?? folder;
  const members = membersOf(root, workspace?.projectFile ?? projectFile);
  if (!isAtLeast(julia, 1, 12) || members.length === 0) {
    return [];
  }
  const found = new Set([root]);
  const open = [...members];
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    if (!found.has(member)) {
      found.add(member);
      const file = projectFileIn(member, texts);
      open.push(...(file === undefined ? [] : membersOf(member, file)));
    }
  }
  return [...found];
}

/** The projects of a workspace that were read already and can be understood. */
export function workspaceProjects(
  files: PlaceFiles,
  texts: ReadonlyMap<string, SourceFile>,
  julia: JuliaVersion | undefined,
): readonly WorkspaceProject[] {
  return workspaceFolders(files, texts, julia).flatMap((folder) => {
    const file = projectFileIn(folder, texts);
    const projectFile = file && readProjectFile(file).value;
    return projectFile === undefined ? [] : [{ folder, projectFile }];
  });
}
