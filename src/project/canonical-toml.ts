import { stringify, TomlDate } from "smol-toml";
import { isList, type TomlTable, type TomlValue } from "../text/toml/parse-table.ts";

/**
 * TOML text that depends on the values only: keys sorted, no comments. Integers (bigints), floats, booleans and dates
 * keep their types. Equal values give equal text, hence equal cache keys.
 */
export function canonicalToml(table: TomlTable): string {
  const text = stringify(sorted(table), { numbersAsFloat: true });
  return text.endsWith("\n") || text === "" ? text : `${text}\n`;
}

/** Order by UTF-16 code units: the same on every machine, unlike `localeCompare`. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function sorted(value: TomlValue): TomlValue {
  if (isList(value)) {
    return value.map(sorted);
  }
  if (typeof value !== "object" || value instanceof TomlDate) {
    return value;
  }
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.toSorted(([left], [right]) => compareText(left, right)));
}
