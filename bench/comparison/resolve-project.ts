import { readFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";
import type { Engine } from "../../test/engine/engine-client.ts";
import type { Files } from "../../test/engine/resolver/project-request.ts";
import type { Surroundings } from "../frontend-spec.ts";
import { writeFiles } from "../write-files.ts";
import { type BenchProject, type RealProject, withLine } from "./projects.ts";

const program = readFileSync(join(import.meta.dirname, "variants.jl"), "utf8");

/** Has the Julia under test make the manifests of a project and of its variants, of what the server has today. */
export async function resolveProject(
  engine: Engine,
  { julia, server }: Pick<Surroundings, "julia" | "server">,
  project: RealProject,
): Promise<BenchProject> {
  const folder = await mkdtemp(join(tmpdir(), "julia-frontend-bench-"));
  try {
    await copyProject(folder, project);
    const { stdout } = await engine.docker(
      [
        ...["run", "--rm", "--interactive", "--network=host", `--volume=${folder}:/project:ro`],
        ...[`--env=JULIA_PKG_SERVER=${server}`, "--env=JULIA_PKG_PRECOMPILE_AUTO=0", "--user=0"],
        ...["--entrypoint=julia", julia.image, "--startup-file=no", "-", project.add, project.update ?? ""],
      ],
      { input: program },
    );
    const text = await readFile(join(folder, "Project.toml"), "utf8");
    const { name, deps = {} } = parse(text) as { name?: string; deps?: Record<string, string> };
    const source = name === undefined ? undefined : await sourceOf(folder, name);
    return benchProject(project, { application: name, dependencies: Object.keys(deps), source }, stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a project without its variants, and without the history of a repository. */
export async function copyProject(
  folder: string,
  { folder: from, files = {} }: { readonly folder?: string; readonly files?: Files },
): Promise<void> {
  if (from !== undefined) {
    await cp(from, folder, { recursive: true, filter: (path) => !/\/\.git$/.test(path) });
  }
  await writeFiles(folder, files);
}

interface Described {
  readonly application: string | undefined;
  readonly dependencies: readonly string[];
  /** Text of the project's own module. */
  readonly source: string | undefined;
}

async function sourceOf(folder: string, name: string): Promise<string | undefined> {
  return readFile(join(folder, `src/${name}.jl`), "utf8").catch(() => undefined);
}

function benchProject(
  { name, what, folder, files = {} }: RealProject,
  { application, dependencies, source }: Described,
  output: string,
): BenchProject {
  const variants = readVariants(output);
  const cold = variants.cold;
  if (cold === undefined) throw new Error(`Pkg made no manifest for ${name}: ${output}`);
  const path = `src/${application}.jl`;
  return {
    ...{ name, what, application },
    load: `import ${application ?? dependencies.join(", ")}`,
    ...(folder === undefined ? {} : { folder }),
    cold: { ...files, ...cold },
    ...(application === undefined || source === undefined
      ? {}
      : { sourceChanged: withLine({ [path]: source }, application) }),
    dependencyAdded: variants.dependencyAdded ?? cold,
    ...(variants.dependencyUpdated === undefined ? {} : { dependencyUpdated: variants.dependencyUpdated }),
  };
}

/** The files of each variant, from the lines `--- variant/path` and what follows each. */
export function readVariants(output: string): Readonly<Record<string, Files>> {
  const variants: Record<string, Record<string, string>> = {};
  for (const part of output.split("\n--- ").slice(1)) {
    const [, variant = "", path = "", text = ""] = /^(\w+)\/(\S+)\n(.*)$/s.exec(part) ?? [];
    variants[variant] = { ...variants[variant], [path]: text };
  }
  return variants;
}
