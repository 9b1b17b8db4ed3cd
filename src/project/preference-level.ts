import { isTable, own, type TomlTable } from "../text/toml/parse-table.ts";
import { mergePreferences } from "./merge-preferences.ts";
import type { PreferenceLevel, ProjectFile } from "./project.ts";

/** The packages that a project may set preferences for, by UUID (`get_uuid_name` in base/loading.jl). */
export function listedPackages(projectFile: ProjectFile): ReadonlyMap<string, string> {
  const { dependencies, extras, weakDependencies } = projectFile;
  const tables = [weakDependencies, extras, dependencies];
  return new Map(tables.flatMap((table) => [...table].map(([name, uuid]) => [uuid, name] as const)));
}

/**
 * The preferences of packages, by UUID, as Julia 1.12 puts them together for a project of a workspace: each project counts for
 * what it lists, and an inner one is put on top of those around it (`get_preferences` in base/loading.jl).
 *
 * @param levels the outermost project first
 */
export function mergedPreferences(levels: readonly PreferenceLevel[]): ReadonlyMap<string, TomlTable> {
  const merged = new Map<string, TomlTable>();
  for (const { projectFile, localPreferences } of levels) {
    for (const [uuid, name] of listedPackages(projectFile)) {
      for (const preferences of [projectFile.preferences, localPreferences]) {
        const value = own(preferences, name);
        if (isTable(value)) {
          merged.set(uuid, mergePreferences(merged.get(uuid) ?? {}, value));
        }
      }
    }
  }
  return merged;
}
