import { posix } from "node:path";
import { isAtLeast, type JuliaVersion } from "../julia/julia-version.ts";
import type { SourceFile } from "../text/source-file.ts";
import { isList, isTable, own, parseTable } from "../text/toml/parse-table.ts";
import { cleanPath } from "./clean-path.ts";
import { chooseManifestFile, choosePreferencesFile, chooseProjectFile } from "./file-names.ts";

/** The files that count for a project, as far as they exist. Names are paths in the build context. */
export interface PlaceFiles {
  /** The project's folder. */
  readonly folder: string;
  readonly projectFile: SourceFile;
  readonly manifest: SourceFile | undefined;
  readonly localPreferences: SourceFile | undefined;
  /** The outermost of the projects around it, which has the manifest; undefined if it is in no other's workspace. */
  readonly workspace: ProjectAbove | undefined;
  /** The projects in whose workspace it is, the outermost first. */
  readonly above: readonly ProjectAbove[];
}

/** A project that has another one in its workspace. */
export type ProjectAbove = Pick<PlaceFiles, "folder" | "projectFile" | "localPreferences">;

/** A folder of the context and those it is in, up to the context itself. */
export function foldersUpwards(folder: string): readonly string[] {
  return folder === "." ? ["."] : [folder, ...foldersUpwards(posix.dirname(folder))];
}

/**
 * Finds the files that count for the project in `folder` as Julia does (base/loading.jl): its own manifest, the one it names
 * itself, or since Julia 1.12 that of the workspace it is a member of. `undefined` if the folder has no project file.
 *
 * @param texts every file that may count, by its path in the context
 * @param julia as precise as it is known
 */
export function findProjectFiles(
  folder: string,
  texts: ReadonlyMap<string, SourceFile>,
  julia: JuliaVersion = { major: 1 },
): PlaceFiles | undefined {
  const projectFile = projectFileIn(folder, texts);
  if (projectFile === undefined) {
    return undefined;
  }
  const above = isAtLeast(julia, 1, 12) ? projectsAbove(folder, texts) : [];
  const [workspace] = above;
  const manifestFolder = workspace?.folder ?? folder;
  const declared = declaredManifest(workspace?.projectFile ?? projectFile);
  const manifest =
    (declared === undefined ? undefined : texts.get(posix.join(manifestFolder, declared))) ??
    fileIn(manifestFolder, texts, (names) => chooseManifestFile(names, julia));
  const localPreferences = fileIn(folder, texts, choosePreferencesFile);
  return { folder, projectFile, manifest, localPreferences, workspace, above };
}

/** The projects above `folder` of whose workspace it is a member, by way of others if need be; the outermost first. */
function projectsAbove(folder: string, texts: ReadonlyMap<string, SourceFile>): readonly ProjectAbove[] {
  let member = folder;
  const found: ProjectAbove[] = [];
  for (const above of foldersUpwards(folder).slice(1)) {
    const projectFile = projectFileIn(above, texts);
    if (projectFile !== undefined && membersOf(above, projectFile).includes(member)) {
      found.unshift({
        folder: above,
        projectFile,
        localPreferences: fileIn(above, texts, choosePreferencesFile),
      });
      member = above;
    }
  }
  return found;
}

export function projectFileIn(
  folder: string,
  texts: ReadonlyMap<string, SourceFile>,
): SourceFile | undefined {
  return fileIn(folder, texts, chooseProjectFile);
}

function fileIn(
  folder: string,
  texts: ReadonlyMap<string, SourceFile>,
  choose: (names: readonly string[]) => string | undefined,
): SourceFile | undefined {
  const names = [...texts.keys()]
    .filter((path) => posix.dirname(path) === folder)
    .map((path) => posix.basename(path));
  const name = choose(names);
  return name === undefined ? undefined : texts.get(posix.join(folder, name));
}

// What follows reads single keys of texts that may be faulty; faults are reported when the file itself is read.

/** The folders of the projects that a project has in its workspace, as paths in the context. */
export function membersOf(folder: string, projectFile: SourceFile): readonly string[] {
  const workspace = own(parseTable(projectFile).value ?? {}, "workspace");
  const projects = isTable(workspace) ? own(workspace, "projects") : undefined;
  return isList(projects)
    ? projects.filter((path) => typeof path === "string").map((path) => cleanPath(posix.join(folder, path)))
    : [];
}

export function declaredManifest(projectFile: SourceFile): string | undefined {
  const declared = own(parseTable(projectFile).value ?? {}, "manifest");
  return typeof declared === "string" ? declared : undefined;
}
