import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import type { Engine } from "../engine-client.ts";
import type { JuliaImage } from "../julia/julia-image.ts";
import { type Catalogue, catalogueOf } from "../packages/catalogue.ts";
import { startGitServer } from "../packages/git-http-server.ts";
import { makeGitRepository } from "../packages/git-repository.ts";
import type { PackageFixture } from "../packages/package-fixture.ts";
import { startPkgServer } from "../packages/pkg-server.ts";
import { remembered } from "./manifest-cache.ts";
import {
  choicesOf,
  type Files,
  type ProjectRequest,
  projectTomlOf,
  type ResolvedProject,
} from "./project-request.ts";
import { askResolver, resolverProgram } from "./resolver.ts";

/** Where requests are answered. */
export interface Workshop {
  readonly engine: Engine;
  readonly julia: JuliaImage;
  /** The number of the process whose run this is: tells its containers from another's. */
  readonly run: string;
}

/** Has the Pkg of a Julia make the manifest of a project whose dependencies are among these packages. */
export async function resolveProject(
  workshop: Workshop,
  available: readonly PackageFixture[],
  request: ProjectRequest,
): Promise<ResolvedProject> {
  const { folder = ".", repositories = {} } = request;
  const inFolder = (name: string) => posix.join(folder, name);
  const projectFile = inFolder("Project.toml");
  const files = {
    ...request.files,
    [projectFile]: request.files?.[projectFile] ?? projectTomlOf(request, available),
  };
  const choices = choicesOf(request, available);
  const tracked = Object.keys(repositories).sort();
  const catalogue = catalogueOf(choices);
  const written = await remembered(
    {
      julia: [workshop.julia.version, workshop.julia.id],
      program: resolverProgram,
      registries: catalogue.registries.map(({ treeHash }) => treeHash),
      request: { files, folder, develop: request.develop, tracked },
    },
    () => ask(workshop, catalogue, { files, folder, develop: request.develop ?? [], tracked }),
  );
  const all = { ...files, ...withAddresses(written, repositories) };
  // The manifest of a workspace's member lies beside the workspace's own project file.
  const manifest = Object.keys(written).find((path) => /(^|\/)Manifest[^/]*\.toml$/.test(path));
  return {
    projectToml: all[projectFile] ?? "",
    manifestToml: (manifest === undefined ? undefined : all[manifest]) ?? "",
    files: all,
  };
}

interface Question {
  readonly files: Files;
  readonly folder: string;
  readonly develop: readonly string[];
  /** Names of packages that come from git. */
  readonly tracked: readonly string[];
}

async function ask(workshop: Workshop, catalogue: Catalogue, question: Question): Promise<Files> {
  const server = await startPkgServer(catalogue);
  try {
    return await withRepositories(catalogue.packages, question.tracked, async (addresses) => {
      const written = await askResolver(workshop.engine, workshop.julia, workshop.run, {
        server: server.url,
        folder: question.folder,
        develop: question.develop,
        track: question.tracked.map((name) => ({ url: addresses[name] as string, rev: "main" })),
        files: Object.entries(question.files).map(([path, text]) => ({ path, text })),
      });
      const names = Object.entries(addresses);
      const withoutPorts = (text: string) =>
        names.reduce((result, [name, url]) => result.replaceAll(url, placeholder(name)), text);
      return Object.fromEntries(written.map(({ path, text }) => [path, withoutPorts(text)]));
    });
  } finally {
    await server.stop();
  }
}

/** Stands for a repository's address, which differs from run to run, in what is remembered. */
function placeholder(name: string): string {
  return `https://git.invalid/${name}.git`;
}

function withAddresses(files: Files, repositories: Readonly<Record<string, string>>): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      Object.entries(repositories).reduce(
        (result, [name, url]) => result.replaceAll(placeholder(name), url),
        text,
      ),
    ]),
  );
}

/** Serves repositories with these packages, each in its newest version on the branch `main`, while `use` runs. */
async function withRepositories<T>(
  packages: readonly PackageFixture[],
  names: readonly string[],
  use: (addresses: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  if (names.length === 0) return use({});
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-repositories-"));
  const repositories = await Promise.all(
    names.map(async (name) => {
      const repository = await makeGitRepository(join(folder, `${name}.git`));
      const newest = packages.findLast((each) => each.name === name);
      if (newest === undefined) throw new Error(`there is no package ${name}`);
      await repository.commit(newest.files);
      return [name, repository] as const;
    }),
  );
  const git = await startGitServer(Object.fromEntries(repositories));
  try {
    return await use(Object.fromEntries(names.map((name) => [name, `${git.url}/${name}.git`])));
  } finally {
    await git.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
