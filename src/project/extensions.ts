import type { ManifestPackage, Project } from "./project.ts";

/** A module of a package that Julia loads by itself, once the package and all that triggers it are loaded (Julia 1.9). */
export interface Extension {
  /** Of the package that has it. */
  readonly parent: Parent;
  readonly name: string;
}

type Parent = Pick<ManifestPackage, "name" | "uuid">;

/** An extension with everything that must be loaded for it: its package, and what triggers it. */
interface Triggered extends Extension {
  readonly needs: readonly string[];
}

/**
 * The extensions that cannot be compiled before the app is there: those of the project, and those that need the project, a
 * path dependency or what depends on one. In an order in which each comes after those that may be loaded with it.
 *
 * @param compiledWithApp UUIDs of the packages that are compiled with the app, in the order in which they are
 */
export function extensionsWithApp(
  project: Project,
  compiledWithApp: readonly string[],
): readonly Extension[] {
  const own = project.projectFile.uuid;
  const order = new Map(
    [...compiledWithApp, ...(own === undefined ? [] : [own])].map((uuid, at) => [uuid, at]),
  );
  const place = ({ needs }: Triggered) => Math.max(...needs.map((uuid) => order.get(uuid) ?? -1));
  return loadable(project)
    .filter((extension) => place(extension) >= 0)
    .toSorted((left, right) => place(left) - place(right) || left.needs.length - right.needs.length)
    .map(({ parent, name }) => ({ parent, name }));
}

/** The extensions all of whose triggers are there. The others are never loaded. */
function loadable(project: Project): readonly Triggered[] {
  const { manifest, projectFile } = project;
  const { name, uuid } = projectFile;
  const itself = name === undefined || uuid === undefined ? [] : [{ ...projectFile, name, uuid }];
  const isThere = (needed: string) => needed === uuid || manifest.packages.has(needed);
  return [...manifest.packages.values(), ...itself]
    .flatMap(extensionsOf)
    .filter(({ needs }) => needs.every(isThere));
}

/** A trigger is a weak dependency or, since Julia 1.11, any dependency (`_insert_extension_triggers` in base/loading.jl). */
function extensionsOf(
  parent: Parent & Pick<ManifestPackage, "dependencies" | "weakDependencies" | "extensions">,
): readonly Triggered[] {
  const { name, uuid } = parent;
  return [...parent.extensions].flatMap(([extension, triggers]) => {
    const needs = triggers.map((each) => parent.weakDependencies.get(each) ?? parent.dependencies.get(each));
    return needs.every((needed) => needed !== undefined)
      ? [{ parent: { name, uuid }, name: extension, needs: [uuid, ...needs] }]
      : [];
  });
}
