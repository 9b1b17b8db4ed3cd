import { posix } from "node:path";
import type { SourceFile } from "../text/source-file.ts";
import type { TomlPath } from "../text/toml/locator.ts";
import { cleanPath } from "./clean-path.ts";
import { projectFileIn } from "./find-files.ts";
import type { ProjectFile } from "./project.ts";
import { readProjectFile } from "./read-project-file.ts";
import { strongDependencies } from "./strong-dependencies.ts";
import type { WorkspaceProject } from "./workspace.ts";

/** A package that a project without a manifest takes from a folder of the context. */
export interface PathSource {
  readonly name: string;
  readonly uuid: string;
  /** The path as `[sources]` has it. */
  readonly path: string;
  /** The folder in the context, if the path is relative. */
  readonly folder: string;
  /** Absent if it is not there, or cannot be read. */
  readonly projectFile: ProjectFile | undefined;
  /** The file that names the package, and where in it. */
  readonly namedIn: { readonly file: SourceFile; readonly at: TomlPath };
}

/**
 * The packages that a project depends on and that are in folders: those that `[sources]` has a path for, and other projects
 * of its workspace, which Pkg adds by itself (`load_direct_deps` in Pkg.jl, src/Operations.jl). Those that they depend on in
 * turn are among them. Each comes after those that need it.
 */
export function pathSources(
  project: WorkspaceProject,
  workspace: readonly WorkspaceProject[],
  texts: ReadonlyMap<string, SourceFile>,
): readonly PathSource[] {
  const found = new Map<string, PathSource>();
  const open: WorkspaceProject[] = [project];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    for (const source of sourcesOf(next, workspace, texts)) {
      if (source.uuid !== project.projectFile.uuid && !found.has(source.uuid)) {
        found.set(source.uuid, source);
        const { folder, projectFile } = source;
        open.push(...(projectFile === undefined ? [] : [{ folder, projectFile }]));
      }
    }
  }
  return [...found.values()];
}

function sourcesOf(
  { folder, projectFile }: WorkspaceProject,
  workspace: readonly WorkspaceProject[],
  texts: ReadonlyMap<string, SourceFile>,
): readonly PathSource[] {
  return [...strongDependencies(projectFile)].flatMap(([name, uuid]) => {
    const source = projectFile.sources.get(name);
    const sibling = workspace.find((other) => other.projectFile.uuid === uuid)?.folder;
    const path =
      source?.path ??
      (source === undefined && sibling !== undefined ? posix.relative(folder, sibling) : undefined);
    if (path === undefined) {
      return [];
    }
    const place = cleanPath(posix.join(folder, path));
    const file = projectFileIn(place, texts);
    return [
      {
        name,
        uuid,
        path,
        folder: place,
        projectFile: file && readProjectFile(file).value,
        namedIn: {
          file: projectFile.file,
          at: source === undefined ? ["deps", name] : ["sources", name],
        },
      },
    ];
  });
}
