import { listed, quote } from "../text/quote.ts";
import type { Reading } from "../text/reading.ts";
import { remembered } from "../text/remembered.ts";
import type { TomlPath } from "../text/toml/locator.ts";
import {
  isList,
  isTable,
  own,
  parseTable,
  type TomlTable,
  type TomlValue,
} from "../text/toml/parse-table.ts";
import { compareText } from "./canonical-toml.ts";
import { FieldReader, present, treeHashPattern, versionPattern } from "./fields.ts";
import type { Manifest, ManifestPackage, PackageSource } from "./project.ts";
import { readExtensions } from "./read-extensions.ts";

/** An entry whose dependencies may still be names only. */
interface Draft {
  readonly entry: Omit<ManifestPackage, "dependencies" | "weakDependencies">;
  readonly path: TomlPath;
}

/** Reads the text of a Manifest.toml of format 1.0, 2.0 or 2.1 (https://pkgdocs.julialang.org/v1/toml-files/). */
export const readManifest = remembered((file): Reading<Manifest> => {
  const { value: table, diagnostics } = parseTable(file);
  if (table === undefined) {
    return { diagnostics };
  }
  const fields = new FieldReader(file, "invalid-manifest");
  const format = manifestFormat(table);
  if (!/^[12]\.\d+(\.\d+)?$/.test(format)) {
    fields.error(["manifest_format"], `manifest format ${quote(format)} is not known; 1.0, 2.0 and 2.1 are`);
    return { diagnostics: fields.diagnostics };
  }
  const drafts = readEntries(fields, table, format);
  const packages = resolveDependencies(fields, drafts);
  const manifest: Manifest = {
    file,
    format,
    ...(format.startsWith("1.") ? {} : present({ juliaVersion: fields.string(table, ["julia_version"]) })),
    packages,
    table,
  };
  return fields.diagnostics.length > 0
    ? { diagnostics: fields.diagnostics }
    : { value: manifest, diagnostics: [] };
});

/**
 * Format 1.0 has no `manifest_format`; there the key could only be a package of that name, which is a list of tables
 * (`is_v1_format_manifest` in base/loading.jl). An empty manifest counts as the newest format.
 */
function manifestFormat(table: TomlTable): string {
  const format = own(table, "manifest_format");
  if (typeof format === "string") {
    return format;
  }
  return format === undefined && Object.keys(table).length === 0
    ? "2.0"
    : isList(format) || format === undefined
      ? "1.0"
      : shown(format);
}

function readEntries(fields: FieldReader, table: TomlTable, format: string): readonly Draft[] {
  const [prefix, entries] = format.startsWith("1.") ? [[], table] : [["deps"], fields.table(table, ["deps"])];
  const drafts: Draft[] = [];
  for (const [name, list] of Object.entries(entries)) {
    const path = [...prefix, name];
    if (!isList(list)) {
      fields.error(path, `the entries of ${quote(name)} must be a list of tables: \`[[${path.join(".")}]]\``);
    } else if (fields.packageName(name, path)) {
      drafts.push(...list.flatMap((entry, index) => readEntry(fields, name, entry, [...path, index])));
    }
  }
  return drafts.toSorted(
    (left, right) =>
      compareText(left.entry.name, right.entry.name) || compareText(left.entry.uuid, right.entry.uuid),
  );
}

function readEntry(fields: FieldReader, name: string, entry: TomlValue, path: TomlPath): readonly Draft[] {
  if (!isTable(entry)) {
    fields.error(path, `an entry of ${quote(name)} must be a table`);
    return [];
  }
  const uuid = own(entry, "uuid");
  if (!fields.isUuid(uuid, [...path, "uuid"])) {
    return [];
  }
  const text = (key: string, pattern?: RegExp, what?: string) =>
    fields.string(entry, [...path, key], pattern, what);
  const optional = {
    version: text("version", versionPattern, "a version number in quotes"),
    treeHash: text("git-tree-sha1", treeHashPattern, "a tree hash of 40 hexadecimal digits")?.toLowerCase(),
    path: text("path"),
    repoUrl: text("repo-url"),
    repoRev: text("repo-rev"),
    repoSubdir: text("repo-subdir"),
  };
  const draft = {
    name,
    uuid: uuid.toLowerCase(),
    source: packageSource(optional),
    ...present(optional),
    pinned: own(entry, "pinned") === true,
    extensions: readExtensions(fields, entry, [...path, "extensions"]),
    table: entry,
  };
  return [{ entry: draft, path }];
}

function packageSource({
  path,
  repoUrl,
  treeHash,
}: { [Key in "path" | "repoUrl" | "treeHash"]: string | undefined }): PackageSource {
  if (path !== undefined) {
    return "path";
  }
  if (repoUrl !== undefined) {
    return "git";
  }
  return treeHash === undefined ? "stdlib" : "registry";
}

function resolveDependencies(
  fields: FieldReader,
  drafts: readonly Draft[],
): ReadonlyMap<string, ManifestPackage> {
  const byName = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const others = byName.get(draft.entry.name);
    if (others === undefined) byName.set(draft.entry.name, [draft]);
    else others.push(draft);
  }
  const known = new Set(drafts.map((draft) => draft.entry.uuid));
  const packages = new Map<string, ManifestPackage>();
  for (const { entry, path } of drafts) {
    if (packages.has(entry.uuid)) {
      fields.error([...path, "uuid"], `two entries have the UUID ${entry.uuid}`);
    }
    const dependencies = resolve(fields, entry.table, [...path, "deps"], byName);
    const missing = [...dependencies].filter(([, uuid]) => !known.has(uuid)).map(([name]) => quote(name));
    if (missing.length > 0) {
      fields.error(
        [...path, "deps"],
        `${quote(entry.name)} depends on ${listed(missing)}, which the manifest has no entry for`,
      );
    }
    const weakDependencies = resolve(fields, entry.table, [...path, "weakdeps"], byName);
    packages.set(entry.uuid, { ...entry, dependencies, weakDependencies });
  }
  return packages;
}

/** Dependencies are written as a list of names where each is the only entry of its name, else as a table of UUIDs. */
function resolve(
  fields: FieldReader,
  entry: TomlTable,
  path: TomlPath,
  byName: ReadonlyMap<string, readonly Draft[]>,
): ReadonlyMap<string, string> {
  const value = own(entry, String(path.at(-1)));
  if (!isList(value)) {
    return fields.uuids(entry, path);
  }
  const resolved = new Map<string, string>();
  for (const name of value) {
    const candidates = byName.get(shown(name)) ?? [];
    const [candidate] = candidates;
    if (candidate !== undefined && candidates.length === 1) {
      resolved.set(candidate.entry.name, candidate.entry.uuid);
    } else {
      const problem = candidate === undefined ? "has no entry" : "has more than one entry";
      fields.error(path, `${quote(shown(name))} is named as a dependency but ${problem} in the manifest`);
    }
  }
  return resolved;
}

/** A value in a message. Tables have no text of their own, and lists may hold tables. */
function shown(value: TomlValue): string {
  return isTable(value) ? "{…}" : isList(value) ? "[…]" : String(value);
}
