import type { SourceFile } from "../text/source-file.ts";
import type { TomlTable } from "../text/toml/parse-table.ts";

/** What Julia knows of a project folder: its Project.toml, its manifest and its local preferences. */
export interface Project {
  readonly projectFile: ProjectFile;
  /** UUIDs by name of what the project depends on in any case, in the eyes of the image's Julia. */
  readonly directDependencies: ReadonlyMap<string, string>;
  /** Its packages are those that concern this project. */
  readonly manifest: Manifest;
  /** Whether the project is one of a workspace (Julia 1.12), whose manifest and hash are those of all its projects. */
  readonly inWorkspace: boolean;
  /** What LocalPreferences.toml sets, by package name. Empty if there is none. */
  readonly localPreferences: TomlTable;
  /** Preferences of the projects in whose workspace it is, the outermost first. */
  readonly inherited: readonly PreferenceLevel[];
}

/** What one project sets for packages: its own preferences, or those of a project whose workspace it is in. */
export interface PreferenceLevel {
  readonly projectFile: ProjectFile;
  /** What its LocalPreferences.toml sets, by package name. */
  readonly localPreferences: TomlTable;
}

/** Project.toml: https://pkgdocs.julialang.org/v1/toml-files/. */
export interface ProjectFile {
  readonly file: SourceFile;
  /** Only packages have a name and a UUID. */
  readonly name?: string;
  readonly uuid?: string;
  readonly version?: string;
  /** UUIDs by package name, in lower case. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly weakDependencies: ReadonlyMap<string, string>;
  readonly extras: ReadonlyMap<string, string>;
  /** Version ranges by package name, `julia` among them. */
  readonly compatibility: ReadonlyMap<string, string>;
  /** What `[preferences]` sets, by package name. */
  readonly preferences: TomlTable;
  /** Path of the manifest relative to the project, if the project names one itself (`manifest = "..."`). */
  readonly declaredManifest?: string;
  /** Where a dependency comes from other than from a registry (`[sources]`, since Julia 1.11). */
  readonly sources: ReadonlyMap<string, PackageLocation>;
  /** Packages that together trigger each extension of the project, by the extension's name. */
  readonly extensions: ReadonlyMap<string, readonly string[]>;
  /** What the project is run as, by the name of the command (`[apps]`, since Julia 1.12). */
  readonly apps: ReadonlyMap<string, AppEntry>;
  /** Folders of a workspace's members (Julia 1.12). */
  readonly workspace: readonly string[];
  readonly table: TomlTable;
}

/** An entry of `[apps]`. */
export interface AppEntry {
  /** The module inside the project's that has the app's `main`; absent if it is the project's own. */
  readonly submodule?: string;
}

/** An entry of `[sources]`: a folder relative to the project, or a git repository. */
export interface PackageLocation {
  readonly path?: string;
  readonly url?: string;
  readonly rev?: string;
  readonly subdir?: string;
}

/** Manifest.toml in any of its formats. */
export interface Manifest {
  readonly file: SourceFile;
  /** `1.0` (Julia up to 1.6), `2.0` or `2.1` (from 1.13). */
  readonly format: string;
  /** Julia that made the manifest; unknown in format 1.0. */
  readonly juliaVersion?: string;
  /** Packages by UUID, in the order of their names, then UUIDs. */
  readonly packages: ReadonlyMap<string, ManifestPackage>;
  readonly table: TomlTable;
}

/** Where the sources of a package come from. Standard libraries come with Julia. */
export type PackageSource = "registry" | "git" | "path" | "stdlib";

export interface ManifestPackage {
  readonly name: string;
  /** The UUID in lower case. */
  readonly uuid: string;
  readonly source: PackageSource;
  readonly version?: string;
  /** SHA-1 of the package's git tree, in lower case. */
  readonly treeHash?: string;
  /** Folder of the package: absolute or relative to the manifest. */
  readonly path?: string;
  readonly repoUrl?: string;
  readonly repoRev?: string;
  readonly repoSubdir?: string;
  readonly pinned: boolean;
  /** UUIDs by name. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly weakDependencies: ReadonlyMap<string, string>;
  /** Packages that together trigger each extension, by the extension's name. */
  readonly extensions: ReadonlyMap<string, readonly string[]>;
  /** Every key of the entry, as written. */
  readonly table: TomlTable;
}
