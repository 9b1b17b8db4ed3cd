import type { JuliaVersion } from "../../julia/julia-version.ts";
import type { SourceFile } from "../../text/source-file.ts";
import type { PlaceFiles } from "../find-files.ts";
import type { Looks } from "../looks.ts";
import type { Given, Rule } from "./project-rule.ts";

/** What a rule about files may look at, whatever stands in them. */
export interface FileContext {
  /** Absent if there is no project. */
  readonly files: PlaceFiles | undefined;
  readonly looks: Looks;
  readonly given: Pick<Given, "isIgnored" | "runsNothing" | "runsTests">;
  /** The image's Julia, as precise as it is known. */
  readonly julia: JuliaVersion | undefined;
}

/** A check of the files of a project as such. In the list `fileRules`. */
export type FileRule = Rule<FileContext>;

/** The files that the image must have for the project to be found as it was read. */
export function filesOf(files: PlaceFiles | undefined): readonly SourceFile[] {
  return [
    files?.projectFile,
    files?.manifest,
    files?.localPreferences,
    ...(files?.above ?? []).flatMap((level) => [level.projectFile, level.localPreferences]),
  ].filter((file) => file !== undefined);
}
