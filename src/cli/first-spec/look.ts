import { posix } from "node:path";
import { type ContextAccess, lookAt, type OpenContext } from "../../engine/context-access.ts";
import { cleanPath, isAbove } from "../../project/clean-path.ts";
import { projectFileNames } from "../../project/file-names.ts";
import type { Manifest, ProjectFile } from "../../project/project.ts";
import { readManifest } from "../../project/read-manifest.ts";
import { readProjectFile } from "../../project/read-project-file.ts";
import type { SourceFile } from "../../text/source-file.ts";
import { UserError } from "../../text/user-error.ts";

/** What is in a folder that is to get a spec. */
export interface Folder {
  /** Folder of the project, relative to it. */
  readonly project: string;
  readonly projectFile: ProjectFile;
  /** Absent if there is none, or none that can be read. */
  readonly manifest: Manifest | undefined;
  /** The file of the project's module, if it is a package. */
  readonly source: string | undefined;
  /** Scripts that may be what the project is run by, relative to the project. */
  readonly scripts: readonly string[];
  /** Names at the top of the folder. */
  readonly names: ReadonlySet<string>;
}

/** In the order in which they are taken for the program. */
const usualScripts = ["main.jl", "src/main.jl", "app.jl", "server.jl", "run.jl", "script.jl"];

/**
 * Looks at a folder and the ones in it.
 *
 * @param chosen the project's folder, where there are several
 * @param command the tool's command that takes its name
 * @throws UserError if there is no project, or more than one and none at the top, or one with faults
 */
export async function lookAtFolder(
  access: ContextAccess,
  chosen?: string,
  command = "init",
): Promise<Folder> {
  const context = await access.open(["*"]);
  const names = new Set((await context.list("."))?.keys());
  const project = chosen === undefined ? await projectFolder(context, names, command) : folderBelow(chosen);
  const file = await firstText(
    context,
    projectFileNames.map((name) => posix.join(project, name)),
  );
  const { value: projectFile, diagnostics } =
    file === undefined ? { diagnostics: [] } : readProjectFile(file);
  if (projectFile === undefined) {
    const [fault] = diagnostics;
    throw new UserError(
      `${file?.name ?? "Project.toml"} cannot be read: ${fault?.message ?? "it is not there"}`,
    );
  }
  const manifestFile = await firstText(context, await manifestsIn(context, project));
  const { name } = projectFile;
  const source =
    name === undefined ? undefined : await firstText(context, [posix.join(project, `src/${name}.jl`)]);
  return {
    ...{ project, projectFile, names },
    manifest: manifestFile && readManifest(manifestFile).value,
    source: source?.text,
    scripts: await scriptsIn(context, project),
  };
}

function folderBelow(path: string): string {
  const clean = cleanPath(path);
  if (isAbove(clean) || posix.isAbsolute(clean)) {
    throw new UserError(`${path} is not in the folder: name the project's folder relative to it`);
  }
  return clean;
}

async function projectFolder(
  context: OpenContext,
  names: ReadonlySet<string>,
  command: string,
): Promise<string> {
  if (hasProject(names)) return ".";
  const found = [];
  for (const name of [...names].sort()) {
    const inside = await context.list(name);
    if (inside !== undefined && hasProject(new Set(inside.keys()))) found.push(name);
  }
  const [first, ...others] = found;
  if (first === undefined) throw new UserError("There is no Project.toml here, nor in a folder below");
  if (others.length > 0) {
    throw new UserError(`There are several projects: ${found.join(", ")}. Name one: ${command} ${first}`);
  }
  return first;
}

function hasProject(names: ReadonlySet<string>): boolean {
  return projectFileNames.some((name) => names.has(name));
}

/** The newest of those that are for one version of Julia each, then the one for all. */
async function manifestsIn(context: OpenContext, project: string): Promise<readonly string[]> {
  const names = [...((await context.list(project))?.keys() ?? [])];
  const ofVersions = names.filter((name) => /^(?:Julia)?Manifest-v\d+\.\d+\.toml$/.test(name));
  const newestFirst = ofVersions.sort((one, other) => other.localeCompare(one, "en", { numeric: true }));
  return ["JuliaManifest.toml", "Manifest.toml", ...newestFirst].map((name) => posix.join(project, name));
}

async function scriptsIn(context: OpenContext, project: string): Promise<readonly string[]> {
  const inBin = [...((await context.list(posix.join(project, "bin")))?.keys() ?? [])];
  const candidates = [
    ...usualScripts,
    ...inBin.filter((name) => name.endsWith(".jl")).map((name) => `bin/${name}`),
  ];
  const found = [];
  for (const path of candidates) {
    const look = await lookAt(context, { path: posix.join(project, path), content: false });
    if (look.kind === "file") found.push(path);
  }
  return found;
}

async function firstText(context: OpenContext, paths: readonly string[]): Promise<SourceFile | undefined> {
  for (const path of paths) {
    const look = await lookAt(context, { path, content: true });
    if (look.kind === "file") return look.file;
  }
  return undefined;
}
