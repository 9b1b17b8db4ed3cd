import type { Diagnostic } from "../text/diagnostic.ts";
import type { Reading } from "../text/reading.ts";
import { remembered } from "../text/remembered.ts";
import { isList, own, parseTable, type TomlTable } from "../text/toml/parse-table.ts";
import { FieldReader, packageNamePattern, present, uuidPattern } from "./fields.ts";
import type { AppEntry, PackageLocation, ProjectFile } from "./project.ts";
import { readExtensions } from "./read-extensions.ts";

/** Reads the text of a Project.toml. */
export const readProjectFile = remembered((file): Reading<ProjectFile> => {
  const { value: table, diagnostics } = parseTable(file);
  if (table === undefined) {
    return { diagnostics };
  }
  const fields = new FieldReader(file, "invalid-project");
  const project: ProjectFile = {
    file,
    ...present({
      name: fields.string(table, ["name"], packageNamePattern, "the name of a package"),
      uuid: fields.string(table, ["uuid"], uuidPattern, "a UUID in quotes")?.toLowerCase(),
      version: fields.string(table, ["version"]),
      declaredManifest: fields.string(table, ["manifest"]),
    }),
    dependencies: fields.uuids(table, ["deps"]),
    weakDependencies: fields.uuids(table, ["weakdeps"]),
    extras: fields.uuids(table, ["extras"]),
    compatibility: readCompatibility(fields, table),
    preferences: fields.tables(fields.table(table, ["preferences"]), ["preferences"]),
    sources: readSources(fields, table),
    extensions: readExtensions(fields, table, ["extensions"]),
    apps: readApps(fields, table),
    workspace: readWorkspace(fields, table),
    table,
  };
  return result(project, fields.diagnostics);
});

function result(project: ProjectFile, diagnostics: readonly Diagnostic[]): Reading<ProjectFile> {
  return diagnostics.length > 0 ? { diagnostics } : { value: project, diagnostics };
}

function readCompatibility(fields: FieldReader, table: TomlTable): ReadonlyMap<string, string> {
  const entries = Object.entries(fields.table(table, ["compat"]));
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function readSources(fields: FieldReader, table: TomlTable): ReadonlyMap<string, PackageLocation> {
  const sources = fields.table(table, ["sources"]);
  return new Map(
    Object.keys(sources).map((name) => {
      const source = fields.table(sources, ["sources", name]);
      const text = (key: string) => fields.string(source, ["sources", name, key]);
      return [
        name,
        present({ path: text("path"), url: text("url"), rev: text("rev"), subdir: text("subdir") }),
      ];
    }),
  );
}

function readApps(fields: FieldReader, table: TomlTable): ReadonlyMap<string, AppEntry> {
  const apps = fields.table(table, ["apps"]);
  return new Map(
    Object.keys(apps).map((name) => {
      const app = fields.table(apps, ["apps", name]);
      const path = ["apps", name, "submodule"];
      return [
        name,
        present({ submodule: fields.string(app, path, packageNamePattern, "the name of a module") }),
      ];
    }),
  );
}

function readWorkspace(fields: FieldReader, table: TomlTable): readonly string[] {
  const projects = own(fields.table(table, ["workspace"]), "projects");
  if (projects === undefined) {
    return [];
  }
  if (!isList(projects) || !projects.every((project) => typeof project === "string")) {
    fields.error(["workspace", "projects"], "`projects` must be a list of folders");
    return [];
  }
  return projects as readonly string[];
}
