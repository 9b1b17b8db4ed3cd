import { posix } from "node:path";
import { runsNothing } from "../buildfile/runs-nothing.ts";
import { type Script, scriptsOf } from "../buildfile/scripts.ts";
import type { Spec } from "../buildfile/spec.ts";
import type { JuliaVersion } from "../julia/julia-version.ts";
import { applyCheck } from "../text/check-settings.ts";
import { type Diagnostic, hasErrors, limitDiagnostics } from "../text/diagnostic.ts";
import { quote } from "../text/quote.ts";
import type { Reading } from "../text/reading.ts";
import { firstLine, type Span } from "../text/source-file.ts";
import { findProjectFiles, type PlaceFiles } from "./find-files.ts";
import { ignoredPaths } from "./ignored-paths.ts";
import type { LoadedProject } from "./loaded-project.ts";
import { type ProjectLooks, textsOf } from "./looks.ts";
import { readLoadedProject } from "./read-loaded-project.ts";
import { fileRules } from "./rules/file-rules.ts";
import { checkRules, type Given } from "./rules/project-rule.ts";

export interface ReadOptions extends Pick<Given, "hasContext" | "runsTests"> {
  /** The Julia of the base image, as precise as it is known. */
  readonly julia: JuliaVersion | undefined;
  /** The patterns of the ignore file that counts for this spec. */
  readonly ignorePatterns: readonly string[];
}

/** Finds and reads the project of a spec among what was looked at in a build context, as strictly as the spec says. */
export function readProjectTexts(
  spec: Spec,
  { folder, looks }: ProjectLooks,
  { julia, ignorePatterns, hasContext, runsTests }: ReadOptions,
): Reading<LoadedProject> {
  const given: Given = {
    ssh: spec.ssh !== undefined,
    secrets: spec.secrets.length > 0,
    runsNothing: runsNothing(spec),
    runsTests,
    ...(spec.precompile.workload === undefined ? {} : { workloadIn: spec.file }),
    hasContext,
    look: (path) => looks.get(path),
    isIgnored: ignoredPaths(ignorePatterns),
  };
  const files = findProjectFiles(folder, textsOf(looks), julia);
  const ofFiles = checkRules(fileRules, { files, looks, given, julia });
  if (files === undefined) {
    const missing = hasErrors(ofFiles) ? [] : [missingProjectFile(spec)];
    return { diagnostics: [...ofFiles, ...missing] };
  }
  const { value, diagnostics } = readLoadedProject(files, { julia, given, looks });
  const all = limitDiagnostics([
    ...ofFiles,
    ...diagnostics,
    ...scriptsOf(spec).flatMap((script) => checkScript(spec, script, folder, given)),
    ...(value !== undefined && files.manifest === undefined ? [missingManifest(spec, files)] : []),
  ]);
  return {
    ...(value === undefined || hasErrors(all) ? {} : { value }),
    diagnostics: applyCheck(all, spec.check),
  };
}

function checkScript(
  spec: Spec,
  script: Script,
  folder: string,
  { look, isIgnored }: Pick<Given, "look" | "isIgnored">,
): readonly Diagnostic[] {
  const path = posix.join(folder, script.path);
  const found = look(path);
  const problem =
    found?.kind === "file" && (isIgnored(path) || isIgnored(found.path))
      ? {
          message: `.dockerignore leaves the script ${quote(path)} out`,
          suggestion: "take it out of .dockerignore, or except it by a line that begins with `!`",
        }
      : found?.kind === "absent" || found?.kind === "folder"
        ? {
            message: `there is no script ${quote(path)} in the build context`,
            suggestion: "name a file of the project's folder, by its path from there",
          }
        : undefined;
  const place = { rule: "script-not-found", severity: "error", file: spec.file } as const;
  return problem === undefined ? [] : [{ ...place, ...problem, span: spanOf(spec, script.key) }];
}

function missingProjectFile(spec: Spec): Diagnostic {
  const place =
    spec.project === "." ? "the build context" : `the folder ${spec.project} of the build context`;
  return {
    rule: "no-project",
    severity: "error",
    message: `there is no Project.toml in ${place}`,
    suggestion: "set `project` to the folder of your Project.toml",
    file: spec.file,
    span: spanOf(spec, "project"),
  };
}

function missingManifest(spec: Spec, { projectFile }: PlaceFiles): Diagnostic {
  return {
    rule: "no-manifest",
    severity: "warning",
    message: `there is no Manifest.toml beside ${projectFile.name}, so this build chooses the versions`,
    suggestion:
      "run `Pkg.resolve()` in the project and commit the Manifest.toml, or take the one that is put into the image",
    file: spec.file,
    span: spanOf(spec, "project"),
  };
}

function spanOf(spec: Spec, key: string): Span {
  return spec.spans.get(key) ?? firstLine(spec.file.text);
}
