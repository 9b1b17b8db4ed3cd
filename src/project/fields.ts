import type { Diagnostic } from "../text/diagnostic.ts";
import { quote } from "../text/quote.ts";
import type { RuleName } from "../text/rules.ts";
import type { SourceFile } from "../text/source-file.ts";
import { locator, type TomlPath } from "../text/toml/locator.ts";
import { isTable, own, type TomlTable, type TomlValue } from "../text/toml/parse-table.ts";

export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const treeHashPattern = /^[0-9a-f]{40}$/i;

/** What Julia's `VersionNumber` takes, and more; never a space or a slash. */
export const versionPattern = /^v?\d[\w.+-]{0,127}$/;

/** Julia identifiers. Names become folders of the depot, so nothing that is more than a name may pass. */
export const packageNamePattern = {
  // Nearly all are of ASCII; the sets of Unicode letters take half a millisecond to compile.
  test: (text: string) =>
    /^[A-Za-z_][A-Za-z0-9_!]*$/.test(text) || /^[\p{L}_][\p{L}\p{N}\p{Mn}_!]*$/u.test(text),
};

/** Reads typed fields out of one of Julia's own files and gathers what is wrong with them. */
export class FieldReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #file: SourceFile;
  readonly #rule: RuleName;
  readonly #locate: (path: TomlPath) => Diagnostic["span"];

  constructor(file: SourceFile, rule: RuleName) {
    this.#file = file;
    this.#rule = rule;
    this.#locate = locator(file);
  }

  error(path: TomlPath, message: string): void {
    const span = this.#locate(path);
    this.diagnostics.push({
      rule: this.#rule,
      severity: "error",
      message,
      file: this.#file,
      ...(span === undefined ? {} : { span }),
    });
  }

  string(
    table: TomlTable,
    path: TomlPath,
    pattern?: Pick<RegExp, "test">,
    what = "a string",
  ): string | undefined {
    const value = own(table, String(path.at(-1)));
    if (value === undefined) {
      return undefined;
    }
    if (typeof value !== "string" || (pattern !== undefined && !pattern.test(value))) {
      this.error(
        path,
        `\`${path.at(-1)}\` must be ${what}${typeof value === "string" ? `, not ${quote(value)}` : ""}`,
      );
      return undefined;
    }
    return value;
  }

  table(table: TomlTable, path: TomlPath): TomlTable {
    const value = own(table, String(path.at(-1)));
    if (value !== undefined && !isTable(value)) {
      this.error(path, `\`${path.at(-1)}\` must be a table`);
      return {};
    }
    return value ?? {};
  }

  /** A table in which every value is a table: what Julia looks for in one of them would end with an error of its own. */
  tables(table: TomlTable, path: TomlPath): TomlTable {
    for (const name of Object.keys(table)) this.table(table, [...path, name]);
    return table;
  }

  /** A table of UUIDs by package name. */
  uuids(table: TomlTable, path: TomlPath): ReadonlyMap<string, string> {
    const uuids = new Map<string, string>();
    for (const [name, uuid] of Object.entries(this.table(table, path))) {
      if (this.packageName(name, [...path, name]) && this.isUuid(uuid, [...path, name])) {
        uuids.set(name, uuid.toLowerCase());
      }
    }
    return uuids;
  }

  packageName(name: string, path: TomlPath): boolean {
    const valid = packageNamePattern.test(name);
    if (!valid) {
      this.error(path, `${quote(name)} is not the name of a package`);
    }
    return valid;
  }

  isUuid(value: TomlValue | undefined, path: TomlPath): value is string {
    const valid = typeof value === "string" && uuidPattern.test(value);
    if (!valid) {
      this.error(path, `\`${path.at(-1)}\` must be a UUID in quotes`);
    }
    return valid;
  }
}

/** An object of the values that are there: for optional properties under `exactOptionalPropertyTypes`. */
export function present<Values extends object>(
  values: Values,
): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Values]?: Exclude<Values[Key], undefined> };
}
