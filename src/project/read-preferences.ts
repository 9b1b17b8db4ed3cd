import type { Reading } from "../diagnostics/reading.ts";
import type { SourceFile } from "../diagnostics/source-file.ts";
import { parseTable, type TomlTable } from "../toml/parse-table.ts";

/** Reads the text of a LocalPreferences.toml: preferences by package name. */
export function readPreferences(file: SourceFile): Reading<TomlTable> {
  return parseTable(file);
}
