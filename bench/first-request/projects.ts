import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../test/engine/engine-client.ts";
import type { Files } from "../../test/engine/resolver/project-request.ts";
import type { Surroundings } from "../frontend-spec.ts";

export interface BenchProject {
  readonly what: string;
  /** Its folder below `projects`. */
  readonly name: string;
  /** A service is asked from outside; a script prints its answers. */
  readonly isService: boolean;
}

/** Of real packages, for a Pkg server that has HTTP, JSON3, CSV and DataFrames. */
export const realProjects: readonly BenchProject[] = [
  { what: "HTTP service (HTTP, JSON3)", name: "orders", isService: true },
  { what: "data-frame script (CSV, DataFrames)", name: "sales", isService: false },
];

/** With the standard libraries alone. */
export const ownProjects: readonly BenchProject[] = [
  { what: "HTTP service of its own", name: "own-orders", isService: true },
  { what: "script with a table of its own", name: "own-sales", isService: false },
];

const root = join(import.meta.dirname, "projects");

/** The texts of a project, by path. */
export function projectFiles(name: string): Files {
  const entries = readdirSync(join(root, name), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [path.slice(join(root, name).length + 1), readFileSync(path, "utf8")]),
  );
}

const resolve =
  'using Pkg; Pkg.Registry.add("General"); cp("/project", "/tmp/project"); Pkg.activate("/tmp/project"); Pkg.resolve(); print("\\n---\\n", read("/tmp/project/Manifest.toml", String))';

/** The manifest that Pkg makes of what the server has today. */
export async function manifestOf(
  engine: Engine,
  folder: string,
  { julia, server }: Pick<Surroundings, "julia" | "server">,
): Promise<string> {
  const { stdout } = await engine.docker([
    ...["run", "--rm", "--network=host", `--volume=${folder}:/project:ro`],
    ...[`--env=JULIA_PKG_SERVER=${server}`, "--env=JULIA_PKG_PRECOMPILE_AUTO=0"],
    ...["--entrypoint=julia", julia.image, "--startup-file=no", "-e", resolve],
  ]);
  return stdout.split("\n---\n").at(-1) ?? "";
}
