import { posix } from "node:path";
import { type ContextAccess, lookAt, type OpenContext } from "../../engine/context-access.ts";
import { cleanPath, isAbove } from "../../project/clean-path.ts";
import { defaultTarget } from "../../request/targets.ts";
import type { Diagnostic } from "../../text/diagnostic.ts";
import { UserError } from "../../text/user-error.ts";
import { checkOffline } from "../check-offline.ts";
import { readFolderOptions, sharedOptions } from "../first-spec/folder-options.ts";
import { type Folder, lookAtFolder } from "../first-spec/look.ts";
import { unnamedFrontend, type WorkFolder, writeFirstSpec } from "../first-spec/write-first-spec.ts";
import { failed, type ToolOutcome } from "../tool-outcome.ts";
import { migrationAccount } from "./account.ts";
import type { DockerfileContent, DockerStage } from "./dockerfile.ts";
import { findLayout, namedProject } from "./image-layout.ts";
import type { ContextScript, MigrationInputs } from "./migration-inputs.ts";
import { propose } from "./propose.ts";
import { readDockerfile } from "./read-dockerfile.ts";
import { namedScripts } from "./translate-run.ts";
import { usedStages } from "./used-stages.ts";

/** In UTF-16 code units. Dockerfiles that are written by hand have less than a quarter of it. */
const largestDockerfile = 64 * 1024;

/** Writes `julia.toml` for what a Dockerfile in the folder does, and says what it took, and what has to be done by hand. */
export async function runMigrate(
  args: readonly string[],
  folder: WorkFolder | undefined,
): Promise<ToolOutcome> {
  const {
    frontend = unnamedFrontend,
    print = false,
    file = "Dockerfile",
    project,
  } = readFolderOptions(args, { ...sharedOptions, file: { type: "string", short: "f" } });
  if (folder === undefined) {
    return failed('There is no folder: mount yours with -v "$PWD:/work".');
  }
  try {
    const dockerfile = await openDockerfile(folder.access, file);
    const { inputs, missing } = await lookAround(folder.access, dockerfile, project);
    const proposal = propose(frontend, inputs);
    const checked = missing === undefined ? await checkProposal(folder.access, proposal.text) : [];
    const spec = { text: proposal.text, account: migrationAccount(file, proposal, checked, missing) };
    return await writeFirstSpec(spec, { frontend, print }, folder);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return failed(`${error.message}.`);
  }
}

async function openDockerfile(access: ContextAccess, file: string): Promise<DockerfileContent> {
  const path = cleanPath(file);
  if (isAbove(path) || posix.isAbsolute(path)) {
    throw new UserError(`${file} is not in the folder: name the Dockerfile relative to it`);
  }
  const text = await textAt(await access.open([path]), path);
  if (text === undefined) throw new UserError(`There is no ${file} here: --file names another one`);
  if (text.length > largestDockerfile)
    throw new UserError(`${file} is larger than ${largestDockerfile / 1024} KiB`);
  const dockerfile = readDockerfile(text);
  if (dockerfile.stages.length === 0) throw new UserError(`${file} has no FROM: it is no Dockerfile`);
  return dockerfile;
}

/** What `check` says of the spec and the project. */
async function checkProposal(access: ContextAccess, text: string): Promise<readonly Diagnostic[]> {
  const ignoreText = (await textAt(await access.open([".dockerignore"]), ".dockerignore")) ?? "";
  const { diagnostics } = await checkOffline(
    { name: "julia.toml", text },
    { ...access, ignoreText },
    { buildArgs: new Map(), target: defaultTarget },
  );
  return diagnostics;
}

interface Surroundings {
  readonly inputs: MigrationInputs;
  /** Why the project was not looked at. */
  readonly missing: string | undefined;
}

/** What the Dockerfile speaks of, in the build context. */
async function lookAround(
  access: ContextAccess,
  dockerfile: DockerfileContent,
  chosen: string | undefined,
): Promise<Surroundings> {
  const used = usedStages(dockerfile.stages);
  const all = [...used.final, ...used.builders];
  const { folder, missing } = await findProject(access, chosen ?? namedProject(all));
  const layout = findLayout(used, folder?.project);
  const scripts = await readScripts(await access.open(["*"]), all, layout.project);
  return { inputs: { dockerfile, used, layout, folder, scripts }, missing };
}

/** The folder whose Project.toml is copied by its name, or the one that is found in the build context. */
async function findProject(
  access: ContextAccess,
  named: string | undefined,
): Promise<{ readonly folder: Folder | undefined; readonly missing?: string }> {
  try {
    return { folder: await lookAtFolder(access, named, "migrate") };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const hint = "the folder that is mounted has to be the build context of the Dockerfile";
    return { folder: undefined, missing: named === undefined ? error.message : `${error.message}; ${hint}` };
  }
}

/** In the image a script has another folder in front of its path than in the build context. */
async function readScripts(
  context: OpenContext,
  stages: readonly DockerStage[],
  project: string,
): Promise<ReadonlyMap<string, ContextScript>> {
  const scripts = new Map<string, ContextScript>();
  for (const script of namedScripts(stages)) {
    const parts = script.slice(1).split("/");
    const tails = parts.map((_, index) => parts.slice(index).join("/"));
    for (const path of tails.flatMap((tail) => [posix.join(project, tail), tail])) {
      const text = scripts.has(script) ? undefined : await textAt(context, path);
      if (text !== undefined) scripts.set(script, { path, text });
    }
  }
  return scripts;
}

async function textAt(context: OpenContext, path: string): Promise<string | undefined> {
  const look = await lookAt(context, { path, content: true });
  return look.kind === "file" ? look.file?.text : undefined;
}
