import { posix } from "node:path";
import type { JuliaVersion } from "../julia/julia-version.ts";
import { isAbove } from "./clean-path.ts";
import { declaredManifest, findProjectFiles, type PlaceFiles } from "./find-files.ts";
import { type Looks, textsOf, type WantedPath } from "./looks.ts";
import { dependencyEntries, entryFile } from "./path-dependency.ts";
import { readManifest } from "./read-manifest.ts";
import { readProjectFile } from "./read-project-file.ts";
import { relevantPackages } from "./relevant-packages.ts";
import { strongDependencies } from "./strong-dependencies.ts";
import { unresolvedPaths } from "./unresolved-paths.ts";

export interface WantedFor {
  /** The project's folder, clean and without links. */
  readonly folder: string;
  /** Scripts that the image or the build runs, relative to it. */
  readonly scripts: readonly string[];
  /** Whether the image is to run nothing: then it counts whether the project is an app. */
  readonly runsNothing: boolean;
}

/**
 * Paths that count for a project besides its own files, as far as can be told from what was looked at: those of the scripts,
 * and sources of path dependencies. To be asked again with what was found, until nothing new is wanted.
 */
export function wantedPaths(
  { folder, scripts, runsNothing }: WantedFor,
  looks: Looks,
  julia: JuliaVersion | undefined,
): readonly WantedPath[] {
  const files = findProjectFiles(folder, textsOf(looks), julia);
  if (files === undefined) {
    return [];
  }
  const wanted = [
    ...scripts.map((script) => ({ path: posix.join(folder, script), content: false })),
    ...manifestElsewhere(files),
    ...(runsNothing ? moduleFile(files) : []),
    ...(files.manifest === undefined ? unresolvedPaths(files, looks, julia) : sourcesOf(files, julia)),
  ];
  return wanted.filter(({ path }) => !isAbove(path) && !posix.isAbsolute(path));
}

/** The file that may have a `main`; nobody has to look for it where Project.toml says already that there is one. */
function moduleFile({ folder, projectFile }: PlaceFiles): readonly WantedPath[] {
  const { name, apps } = readProjectFile(projectFile).value ?? {};
  return name === undefined || apps?.size !== 0 ? [] : [{ path: entryFile(folder, name), content: true }];
}

function manifestElsewhere({ folder, projectFile, workspace }: PlaceFiles): readonly WantedPath[] {
  const { folder: root, projectFile: file } = workspace ?? { folder, projectFile };
  const declared = declaredManifest(file);
  return declared === undefined ? [] : [{ path: posix.join(root, declared), content: true }];
}

/** What cannot be read is reported when the project is read. */
function sourcesOf(
  { projectFile, manifest: file, workspace }: PlaceFiles,
  julia: JuliaVersion | undefined,
): readonly WantedPath[] {
  const project = readProjectFile(projectFile).value;
  const manifest = file && readManifest(file).value;
  if (project === undefined || manifest === undefined) {
    return [];
  }
  const packages = relevantPackages(manifest, {
    directDependencies: strongDependencies(project, julia).values(),
    uuid: project.uuid,
    inWorkspace: workspace !== undefined || project.workspace.length > 0,
  });
  return [...packages.values()]
    .filter(({ source }) => source === "path")
    .flatMap((entry) => dependencyEntries(posix.dirname(manifest.file.name), entry))
    .map((path) => ({ path, content: false }));
}
