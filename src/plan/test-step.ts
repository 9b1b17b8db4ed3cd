import { stringify } from "smol-toml";
import type { Spec } from "../buildfile/spec.ts";
import type { Span } from "../text/source-file.ts";
import { type Access, accessOf, sourceSettings } from "./access.ts";
import { runVariable } from "./build-environment.ts";

/** Run the project's tests on the finished image. */
export interface TestStep {
  /** The package under test. */
  readonly name: string;
  /** Where what only the tests need is installed: a cache in front of the image's depot. */
  readonly depotPath: string;
  readonly cacheId: string;
  readonly access: Access;
  readonly env: Readonly<Record<string, string>>;
  /** The settings file of the step's program. */
  readonly settings: string;
  readonly span: Span | undefined;
}

export interface TestStepInputs {
  readonly spec: Spec;
  readonly name: string;
  /** The project's folder in the image. */
  readonly project: string;
  /** Environment of the dependency step: where packages come from and how they are compiled. */
  readonly dependencyEnv: Readonly<Record<string, string>>;
  /** Of the dependency step's cache. */
  readonly cacheId: string;
  readonly runId: string | undefined;
}

/** Where tests may leave reports; it is the result of the target. */
export const testResultsFolder = "/run/frontend/output";

export function testStep({ spec, name, project, dependencyEnv, cacheId, runId }: TestStepInputs): TestStep {
  const depotPath = `${spec.depot.path}-test`;
  const access = accessOf(spec);
  return {
    name,
    depotPath,
    // What one user wrote another cannot change.
    cacheId: `${cacheId}/test/${spec.user.text}`,
    access: {
      ...access,
      tokenFolder: access.tokenFolder === undefined ? undefined : `${depotPath}/servers`,
    },
    env: {
      ...dependencyEnv,
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
    span: spec.spans.get("test") ?? spec.spans.get("project") ?? spec.spans.get("julia"),
  };
}
