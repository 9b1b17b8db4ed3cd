import type { Spec } from "../buildfile/spec.ts";
import type { Definition } from "../buildkit/llb/index.ts";
import { lower } from "../lower/lower.ts";
import { clientFolder } from "../lower/place.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { Plan } from "../plan/plan.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { hasErrors } from "../text/diagnostic.ts";
import type { SourceFile } from "../text/source-file.ts";
import { checkOffline } from "./check-offline.ts";
import type { ContextFiles } from "./context-folder.ts";
import type { ToolOptions } from "./tool-options.ts";

/** What can be said of a build without BuildKit and without a registry. */
export interface OfflinePlan {
  readonly diagnostics: readonly Diagnostic[];
  /** Absent if there are errors, or no project. */
  readonly planned?: { readonly spec: Spec; readonly plan: Plan; readonly definition: Definition };
}

/** Reads a spec and the project, if there is a context, and plans the build. */
export async function planOffline(
  file: SourceFile,
  context: ContextFiles | undefined,
  options: ToolOptions,
): Promise<OfflinePlan> {
  const readable = context && { ...context, ignoreText: context.readText(".dockerignore") ?? "" };
  const { spec, project, diagnostics, ignorePatterns } = await checkOffline(file, readable, options);
  if (spec === undefined || project === undefined || hasErrors(diagnostics)) {
    return { diagnostics };
  }
  const { os, architecture } = options.platform;
  // Only a registry knows the digest and what the image sets.
  const unknownBase = { digest: "", config: { os, architecture, config: {} } };
  const plan = makePlan({
    target: options.target,
    platform: options.platform,
    spec,
    project,
    base: unknownBase,
    ...(spec.image.base === undefined || !options.target.canBeSmall ? {} : { smallBase: unknownBase }),
    labels: new Map(),
    excludes: [...ignorePatterns, ".dockerignore", ".git"],
    cacheNamespace: undefined,
    runAgain: new Set(),
    runId: "",
  });
  const stepDefaults = options.network === undefined ? {} : { network: options.network };
  const definition = lower(plan, { project: clientFolder("context", undefined) }, { stepDefaults });
  return { diagnostics, planned: { spec, plan, definition } };
}
