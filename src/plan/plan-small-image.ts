import { stringify } from "smol-toml";
import { runsNothing } from "../buildfile/runs-nothing.ts";
import { reductionArchive } from "../julia/archives.ts";
import { applicationStepEnvironment, runVariable } from "./build-environment.ts";
import { type Decisions, type ResolvedBase, runIdOf, spanOf } from "./decisions.ts";
import { identityText } from "./dependencies.ts";
import { manifestInImage } from "./manifest-in-image.ts";
import type { SmallImage } from "./plan.ts";
import { juliaCommand, outputFolder, settingsFile, settingsFolder, smallBaseFolder } from "./step-folders.ts";

/** What makes an image on a small base; undefined if the image is made of what is built on. */
export function planSmallImage(decisions: Decisions): SmallImage | undefined {
  const { inputs, shared, cpuTarget, layout } = decisions;
  const { spec, smallBase, target } = inputs;
  const { base: reference } = spec.image;
  if (reference === undefined || smallBase === undefined || !target.canBeSmall) {
    return undefined;
  }
  const span = spanOf(spec, "image.base");
  const runId = runIdOf(inputs, "julia");
  return {
    base: { reference, ...smallBase, span },
    reduction: {
      programs: reductionArchive,
      args: juliaCommand("steps/reduce_julia.jl", spec.precompile.flags, `${settingsFolder}/${settingsFile}`),
      env: {
        ...applicationStepEnvironment(shared, spec, cpuTarget, layout.project),
        // What is copied of it is cached by its content, for which BuildKit would not run a step again that only ignores the cache.
        ...(runId === undefined ? {} : { [runVariable]: runId }),
      },
      settings: stringify(settingsOf(decisions, { reference, ...smallBase })),
      files: layout.files,
      leavesTools: !spec.image.compileAtRunTime,
      span,
    },
  };
}

function settingsOf(
  { inputs, dependencies, layout }: Decisions,
  small: ResolvedBase & { readonly reference: string },
) {
  const { spec, project } = inputs;
  return {
    depot: spec.depot.path,
    output: outputFolder,
    strict: spec.precompile.strict,
    load: dependencies.load.map(identityText),
    direct: dependencies.direct.map(identityText),
    manifest: manifestInImage(project, layout),
    "keep-stdlibs": [...new Set([...spec.image.keepStdlibs, ...(runsNothing(spec) ? ["REPL"] : [])])],
    "compile-at-run-time": spec.image.compileAtRunTime,
    "small-base": smallBaseFolder,
    "small-base-name": small.reference,
  };
}
