import { stringify } from "smol-toml";
import { testArchive } from "../julia/archives.ts";
import { accessOf, sourceSettings } from "./access.ts";
import { runVariable } from "./build-environment.ts";
import { type Decisions, runIdOf, spanOf } from "./decisions.ts";
import type { DependencyStep, TestStep } from "./plan.ts";
import { juliaCommand, outputFolder, settingsFile, settingsFolder } from "./step-folders.ts";

/** Where tests may leave reports; it is the result of the target. */
export const testResultsFolder = outputFolder;

/**
 * The step that runs the tests of a package.
 *
 * @param dependencies says where packages come from, how they are compiled, and which cache they are in
 */
export function planTests(
  { inputs, layout }: Decisions,
  name: string,
  dependencies: Pick<DependencyStep, "env" | "cacheId">,
): TestStep {
  const { spec } = inputs;
  const { project } = layout;
  const depotPath = `${spec.depot.path}-test`;
  const access = accessOf(spec);
  const runId = runIdOf(inputs, "test");
  return {
    name,
    depotPath,
    // What one user wrote another cannot change.
    cacheId: `${dependencies.cacheId}/test/${spec.user.text}`,
    access: {
      ...access,
      tokenFolder: access.tokenFolder === undefined ? undefined : `${depotPath}/servers`,
    },
    programs: testArchive,
    args: juliaCommand("steps/tests.jl", [], `${settingsFolder}/${settingsFile}`),
    env: {
      ...dependencies.env,
      JULIA_DEPOT_PATH: `${depotPath}:${spec.depot.path}:`,
      JULIA_PROJECT: project,
      // Pkg compiles what the tests need with the flags that it tests with; Julia up to 1.12 checks bounds then.
      JULIA_PKG_PRECOMPILE_AUTO: "1",
      TEST_RESULTS: testResultsFolder,
      ...(runId === undefined ? {} : { [runVariable]: runId }),
      ...Object.fromEntries(spec.test.env),
    },
    settings: stringify({
      name,
      project,
      depot: depotPath,
      results: testResultsFolder,
      user: spec.user.text,
      args: spec.test.args,
      "julia-args": [...spec.precompile.flags, `--threads=${spec.test.threads}`],
      ...sourceSettings(spec),
    }),
    span: spanOf(spec, "test", "project", "julia"),
  };
}
