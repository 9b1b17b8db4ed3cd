import { posix } from "node:path";
import { stringify } from "smol-toml";
import { scriptsOf } from "../buildfile/scripts.ts";
import type { Spec } from "../buildfile/spec.ts";
import { applicationArchive } from "../julia/archives.ts";
import { applicationStepEnvironment, sharedEnvironment, userDepot } from "./build-environment.ts";
import { type Decisions, spanOf } from "./decisions.ts";
import { type Identity, identityText } from "./dependencies.ts";
import { runFlags } from "./entry-point.ts";
import { manifestInImage } from "./manifest-in-image.ts";
import type { ApplicationStep } from "./plan.ts";
import { juliaCommand, outputFolder, settingsFile, settingsFolder } from "./step-folders.ts";
import { type Workload, workloadOf } from "./workload.ts";

/** The step that compiles the project and loads everything, on the image as it will be. */
export function planApplication(decisions: Decisions): ApplicationStep {
  const { inputs, dependencies, layout, cpuTarget, imageBase } = decisions;
  const { spec, target, project, excludes } = inputs;
  const shared = sharedEnvironment(imageBase, spec);
  const { name, uuid } = project.projectFile;
  const own = target.hasSources && name !== undefined && uuid !== undefined ? [{ name, uuid }] : [];
  const compile = target.hasSources ? [...dependencies.compileWithApp, ...own] : [];
  const workload = workloadOf(inputs, layout.project);
  return {
    folders: target.hasSources ? layout.folders : [],
    files: layout.files,
    path: layout.project,
    excludes: [...excludes, ...layout.replaced.map(asPattern)],
    user: spec.user.text,
    programs: applicationArchive,
    args: juliaCommand("steps/application.jl", spec.precompile.flags, `${settingsFolder}/${settingsFile}`),
    settings: stringify({ ...settingsOf(decisions, { compile, own }), ...workloadSettings(workload) }),
    env: applicationStepEnvironment(shared, spec, cpuTarget, layout.project),
    name: own[0]?.name,
    compiled: compile.map(({ name: each }) => each),
    ...(workload === undefined ? {} : { workload }),
    span: spanOf(spec, "path", "project", "julia", "base"),
  };
}

function settingsOf(
  { inputs, dependencies, layout }: Decisions,
  { compile, own }: Readonly<Record<"compile" | "own", readonly Identity[]>>,
) {
  const { spec, target, project, smallBase } = inputs;
  return {
    depot: spec.depot.path,
    "user-depot": userDepot(spec),
    output: `${outputFolder}/files`,
    user: spec.user.text,
    strict: spec.precompile.strict,
    compile: compile.map(identityText),
    load: (target.hasSources ? dependencies.direct : dependencies.load).map(identityText),
    own: own.map(identityText).join(""),
    project: layout.project,
    manifest: manifestInImage(project, layout),
    module: target.hasSources ? (spec.module ?? "") : "",
    // Where the image has all of Julia, they find what they import.
    ...(smallBase !== undefined && target.hasSources ? { scripts: scriptsIn(layout.project, spec) } : {}),
    "run-flags": runFlags(spec.run),
  };
}

function scriptsIn(project: string, spec: Spec): readonly string[] {
  return scriptsOf(spec).map(({ path }) => posix.join(project, path));
}

function workloadSettings(workload: Workload | undefined) {
  return {
    workload: workload?.script ?? "",
    "workload-timeout": workload?.timeout ?? 0,
    startup: workload?.folder ?? "",
  };
}

/** A path as a pattern of .dockerignore that matches it alone. */
function asPattern(path: string): string {
  return path.replace(/[*?[\]\\!]/g, "\\$&");
}
