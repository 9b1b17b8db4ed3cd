import type { Reading } from "../text/reading.ts";
import type { SourceFile } from "../text/source-file.ts";
import { parseTable, type TomlTable } from "../text/toml/parse-table.ts";
import { FieldReader } from "./fields.ts";

/** Reads the text of a LocalPreferences.toml: preferences by package name. */
export function readPreferences(file: SourceFile): Reading<TomlTable> {
  const { value: table, diagnostics } = parseTable(file);
  if (table === undefined) return { diagnostics };
  const fields = new FieldReader(file, "invalid-project");
  fields.tables(table, []);
  return fields.diagnostics.length > 0
    ? { diagnostics: fields.diagnostics }
    : { value: table, diagnostics: [] };
}
