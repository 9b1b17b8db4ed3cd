import { posix } from "node:path";
import { runsNothing } from "../buildfile/runs-nothing.ts";
import { scriptsOf } from "../buildfile/scripts.ts";
import type { Spec } from "../buildfile/spec.ts";
import type { JuliaVersion } from "../julia/julia-version.ts";
import { testScript } from "../project/file-names.ts";
import { foldersUpwards } from "../project/find-files.ts";
import type { Look, Looks, ProjectLooks, WantedPath } from "../project/looks.ts";
import { type WantedFor, wantedPaths } from "../project/wanted-paths.ts";
import { type ContextAccess, lookAt, type OpenContext } from "./context-access.ts";
import { followLinks } from "./follow-links.ts";
import { projectFilesIn } from "./local-sources.ts";

/** Names under which Julia looks for a project's files (`project_names` and the like in base/loading.jl). */
const projectFileName = /^(?:Julia)?(?:Project|LocalPreferences|Manifest(?:-v\d+\.\d+)?)\.toml$/;

/** Each time something was found that leads to more; a chain of path dependencies is hardly longer. */
const mostRounds = 50;

/**
 * Looks at all that counts for a project, in rounds, since only one file says where the next one is.
 *
 * @param runsTests whether the project's tests are to be run, so that their script counts too
 * @returns what to call with the image's Julia, which decides what counts; a second Julia costs only what differs
 */
export function lookAtProject(
  spec: Pick<Spec, "project" | "main" | "module" | "image" | "precompile">,
  access: ContextAccess,
  runsTests: boolean,
): (julia: JuliaVersion | undefined) => Promise<ProjectLooks> {
  let known = lookAtFolder(spec.project, access);
  const scripts = [...scriptsOf(spec).map(({ path }) => path), ...(runsTests ? [testScript] : [])];
  const asked = { scripts, runsNothing: runsNothing(spec) };
  return (julia) => {
    known = known.then((looks) => completed(looks, asked, { access, julia }));
    return known;
  };
}

async function completed(
  start: ProjectLooks,
  asked: Omit<WantedFor, "folder">,
  { access, julia }: { readonly access: ContextAccess; readonly julia: JuliaVersion | undefined },
): Promise<ProjectLooks> {
  const { folder } = start;
  let { looks } = start;
  for (let round = 0; round < mostRounds; round++) {
    const wanted = wantedPaths({ folder, ...asked }, looks, julia).filter((path) => !isKnown(path, looks));
    if (wanted.length === 0) {
      break;
    }
    const open = await access.open(wanted.map(({ path }) => path));
    looks = new Map([...looks, ...(await lookAtAll(open, wanted))]);
  }
  return { folder, looks };
}

function isKnown({ path, content }: WantedPath, looks: Looks): boolean {
  const look = looks.get(path);
  return look !== undefined && !(content && look.kind === "file" && look.file === undefined);
}

async function lookAtFolder(project: string, access: ContextAccess): Promise<ProjectLooks> {
  const open = await access.open(projectFilesIn(foldersUpwards(project)));
  const place = await followLinks(project, open.list);
  if (place.kind !== "folder") {
    return { folder: project, looks: new Map([[project, place]]) };
  }
  const { path: folder } = place;
  const folders = foldersUpwards(folder);
  const inside = folder === project ? open : await access.open(projectFilesIn(folders));
  const wanted = await Promise.all(folders.map((each) => projectFilesOf(inside, each)));
  return { folder, looks: await lookAtAll(inside, wanted.flat()) };
}

async function projectFilesOf(open: OpenContext, folder: string): Promise<readonly WantedPath[]> {
  const entries = (await open.list(folder)) ?? new Map();
  return [...entries]
    .filter(([name, { kind }]) => kind !== "directory" && projectFileName.test(name))
    .map(([name]) => ({ path: posix.join(folder, name), content: true }));
}

async function lookAtAll(
  open: OpenContext,
  wanted: readonly WantedPath[],
): Promise<ReadonlyMap<string, Look>> {
  const looks = wanted.map(async (path): Promise<[string, Look]> => [path.path, await lookAt(open, path)]);
  return new Map(await Promise.all(looks));
}
