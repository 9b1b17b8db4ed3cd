import { readSpec } from "../buildfile/read-spec.ts";
import type { Spec } from "../buildfile/spec.ts";
import type { ContextAccess } from "../engine/context-access.ts";
import { lookAtProject } from "../engine/project-looks.ts";
import { readIgnoreFile } from "../project/ignore-file.ts";
import type { LoadedProject } from "../project/loaded-project.ts";
import { readProjectTexts } from "../project/read-project-texts.ts";
import type { Target } from "../request/targets.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import type { SourceFile } from "../text/source-file.ts";

/** A spec and its project, as far as they can be read. */
export interface OfflineCheck {
  readonly diagnostics: readonly Diagnostic[];
  readonly spec?: Spec;
  readonly project?: LoadedProject;
  /** Patterns of what a build does not see of the project. */
  readonly ignorePatterns: readonly string[];
}

/** What a check depends on besides the spec and the project. */
export interface CheckOptions {
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly target: Pick<Target, "runsTests">;
}

/** The build context, and the text of its `.dockerignore`. */
export interface OfflineContext extends ContextAccess {
  readonly ignoreText: string;
}

/** Checks a spec, and the project if there is a context, without BuildKit and without a registry. */
export async function checkOffline(
  file: SourceFile,
  context: OfflineContext | undefined,
  { buildArgs, target: { runsTests } }: CheckOptions,
): Promise<OfflineCheck> {
  const { spec, draft = spec, diagnostics } = readSpec(file, buildArgs);
  const found = spec === undefined ? {} : { spec };
  if (draft === undefined || context === undefined) {
    return { ...found, diagnostics, ignorePatterns: [] };
  }
  const julia = draft.julia?.version;
  const ignorePatterns = readIgnoreFile(context.ignoreText);
  const { value: project, diagnostics: ofProject } = readProjectTexts(
    draft,
    await lookAtProject(draft, context, runsTests)(julia),
    { julia, ignorePatterns, hasContext: () => false, runsTests },
  );
  return {
    ...found,
    ...(project === undefined ? {} : { project }),
    diagnostics: [...diagnostics, ...ofProject],
    ignorePatterns,
  };
}
