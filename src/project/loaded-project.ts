import type { TomlTable } from "../toml/parse-table.ts";
import type { ProjectPlace } from "./layout.ts";
import type { Project, ProjectFile } from "./project.ts";

/** A project as it was found in the build context. */
export interface LoadedProject {
  readonly projectFile: ProjectFile;
  /** UUIDs by name of what the project depends on in any case, in the eyes of the image's Julia. */
  readonly directDependencies: ReadonlyMap<string, string>;
  /** By package name. Empty if there are none. */
  readonly localPreferences: TomlTable;
  /** The project with its manifest. Absent if there is none: then the build resolves it. */
  readonly resolved: Project | undefined;
  readonly place: ProjectPlace;
}
