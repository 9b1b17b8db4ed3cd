import { posix } from "node:path";
import type { SourceFile } from "../text/source-file.ts";
import type { TomlPath } from "../text/toml/locator.ts";
import type { Looks } from "./looks.ts";
import { dependencyEntries, dependencyFolder, entryFile } from "./path-dependency.ts";
import type { PathSource } from "./path-sources.ts";
import type { Manifest, ManifestPackage } from "./project.ts";

/** A package in a folder: where it is said to be, and who says so. */
export interface LocatedDependency {
  readonly name: string;
  readonly uuid: string;
  /** The path as it is written. */
  readonly path: string;
  /** The folder of the context from which the path counts. */
  readonly from: string;
  /** The files of the context one of which Julia loads for it. */
  readonly entries: readonly string[];
  /** Whether its Project.toml is wanted and not to be had: Pkg needs it to choose versions. */
  readonly lacksProjectFile: boolean;
  readonly namedIn: { readonly file: SourceFile; readonly at: TomlPath };
}

export function locatedInManifest({ file, format, packages }: Manifest): readonly LocatedDependency[] {
  const from = posix.dirname(file.name);
  return [...packages.values()].flatMap((entry) =>
    entry.path === undefined
      ? []
      : [
          {
            name: entry.name,
            uuid: entry.uuid,
            path: entry.path,
            from,
            entries: dependencyEntries(from, entry),
            lacksProjectFile: false,
            namedIn: { file, at: entryPath(format, entry) },
          },
        ],
  );
}

/** Where an entry stands in its manifest. */
export function entryPath(format: string, { name }: Pick<ManifestPackage, "name">): TomlPath {
  return format.startsWith("1.") ? [name] : ["deps", name];
}

export function locatedBySources(sources: readonly PathSource[]): readonly LocatedDependency[] {
  return sources.map(({ name, uuid, path, folder, projectFile, namedIn }) => ({
    name,
    uuid,
    path,
    from: posix.dirname(namedIn.file.name),
    entries: [entryFile(folder, name)],
    lacksProjectFile: projectFile === undefined,
    namedIn,
  }));
}

/** The folder of a package and where that really is, if a link leads to it. */
export function linkedFolder(
  { from, path, entries }: LocatedDependency,
  looks: Looks,
): readonly (readonly [folder: string, real: string])[] {
  const folder = dependencyFolder(from, path);
  return entries.flatMap((entry) => {
    const look = looks.get(entry);
    const rest = entry.slice(folder.length);
    return look?.kind === "file" && look.path !== entry && rest !== "" && look.path.endsWith(rest)
      ? [[folder, look.path.slice(0, -rest.length)] as const]
      : [];
  });
}
