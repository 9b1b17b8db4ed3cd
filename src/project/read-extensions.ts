import type { TomlPath } from "../text/toml/locator.ts";
import { isList, type TomlTable } from "../text/toml/parse-table.ts";
import type { FieldReader } from "./fields.ts";

/** The extensions of a package, in its own file or in a manifest: a trigger alone may stand without a list. */
export function readExtensions(
  fields: FieldReader,
  entry: TomlTable,
  path: TomlPath,
): ReadonlyMap<string, readonly string[]> {
  const extensions = Object.entries(fields.table(entry, path));
  return new Map(
    extensions.map(([name, triggers]) => [
      name,
      (isList(triggers) ? triggers : [triggers]).filter((trigger) => typeof trigger === "string"),
    ]),
  );
}
