import type { Reading } from "../text/reading.ts";
import type { SourceFile } from "../text/source-file.ts";
import { parseTable, type TomlTable } from "../text/toml/parse-table.ts";

/** Reads the text of a LocalPreferences.toml: preferences by package name. */
export function readPreferences(file: SourceFile): Reading<TomlTable> {
  return parseTable(file);
}
