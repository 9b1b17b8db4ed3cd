import { own, type TomlTable } from "../toml/parse-table.ts";
import { canonicalToml } from "./canonical-toml.ts";
import type { ProjectFile } from "./project.ts";

/** What a project without a manifest hands to the step that resolves it. */
export interface UnresolvedEnvironment {
  readonly projectToml: string;
  readonly localPreferencesToml?: string;
}

/** What Pkg reads of a project to choose versions: all that enters its `project_hash` (Pkg.jl, Types.project_resolve_hash). */
const resolvedBy = ["deps", "weakdeps", "compat", "extensions", "preferences"] as const;

/**
 * The project as Pkg has to resolve it: without name, version and authors, so that neither a release nor a comment resolves
 * it anew, and so that Pkg looks for no sources of it.
 */
export function unresolvedEnvironment(
  project: ProjectFile,
  localPreferences: TomlTable,
): UnresolvedEnvironment {
  const tables = resolvedBy.flatMap((name) => {
    const value = own(project.table, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const hasPreferences = Object.keys(localPreferences).length > 0;
  return {
    projectToml: canonicalToml(Object.fromEntries(tables)),
    ...(hasPreferences ? { localPreferencesToml: canonicalToml(localPreferences) } : {}),
  };
}
