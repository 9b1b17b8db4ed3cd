import type { TomlTable } from "../toml/parse-table.ts";
import type { ProjectPlace } from "./layout.ts";
import type { Project, ProjectFile } from "./project.ts";

/** A project as it was found in the build context. */
export interface LoadedProject {
  readonly projectFile: ProjectFile;
  /** By package name. Empty if there are none. */
  readonly localPreferences: TomlTable;
  /** The project with its manifest. Absent if there is none: then the build resolves it. */
  readonly resolved: Project | undefined;
  readonly place: ProjectPlace;
}
