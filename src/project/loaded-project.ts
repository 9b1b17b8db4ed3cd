import type { TomlTable } from "../text/toml/parse-table.ts";
import type { ProjectPlace } from "./layout.ts";
import type { PathSource } from "./path-sources.ts";
import type { PreferenceLevel, Project, ProjectFile } from "./project.ts";

/** What counts for the versions of a project without a manifest, besides itself. */
export interface Unresolved {
  /** Packages in folders. */
  readonly sources: readonly PathSource[];
  /** The other projects of its workspace. Their bounds hold for it too. */
  readonly others: readonly ProjectFile[];
  /**
   * The hash that the manifest is to have in the image: `""` for that which Pkg gives it, undefined for none, since that of a
   * workspace is over projects that are not resolved here.
   */
  readonly manifestHash: string | undefined;
}

/** A project as it was found in the build context. */
export interface LoadedProject {
  readonly projectFile: ProjectFile;
  /** UUIDs by name of what the project depends on in any case, in the eyes of the image's Julia. */
  readonly directDependencies: ReadonlyMap<string, string>;
  /** Preferences by package name. Empty if there are none. */
  readonly localPreferences: TomlTable;
  /** Preferences of the projects in whose workspace it is, the outermost first. */
  readonly inherited: readonly PreferenceLevel[];
  /** The project with its manifest. Absent if there is none: then the build resolves it. */
  readonly resolved: Project | undefined;
  /** What the build needs to choose versions. Absent if there is a manifest. */
  readonly unresolved: Unresolved | undefined;
  readonly place: ProjectPlace;
}
