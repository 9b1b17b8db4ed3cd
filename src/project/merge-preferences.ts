import { isTable, own, type TomlTable } from "../text/toml/parse-table.ts";

/**
 * Preferences of a project on top of those it inherits, table by table. A list under the key `__clear__` names inherited
 * keys that do not count (base/loading.jl, recursive_prefs_merge).
 */
export function mergePreferences(inherited: TomlTable, above: TomlTable): TomlTable {
  const cleared = clearedKeys(above);
  const kept = Object.entries(inherited).filter(([name]) => !cleared.has(name));
  const merged: Record<string, TomlTable[string]> = Object.fromEntries(kept);
  for (const [name, value] of Object.entries(above)) {
    const below = own(merged, name);
    merged[name] = isTable(value) && isTable(below) ? mergePreferences(below, value) : value;
  }
  return merged;
}

function clearedKeys(table: TomlTable): ReadonlySet<string> {
  const list = own(table, "__clear__");
  return new Set(Array.isArray(list) ? list.filter((name) => typeof name === "string") : []);
}
