import { own } from "../../text/toml/parse-table.ts";
import { mergedPreferences } from "../preference-level.ts";
import type { FileFinding, ProjectContext, ProjectRule } from "./project-rule.ts";
import { precompileTools } from "./workload-needs-precompile-tools.ts";

/** The preference is asked by the macro that marks every workload (`@compile_workload` in PrecompileTools). */
export const workloadNeverRun: ProjectRule = {
  name: "workload-never-run",
  check({ project, given }: ProjectContext): readonly FileFinding[] {
    if (given.workloadIn === undefined) {
      return [];
    }
    const preferences = mergedPreferences([...project.inherited, project]).get(precompileTools) ?? {};
    if (own(preferences, "precompile_workloads") !== false) {
      return [];
    }
    return [
      {
        severity: "error",
        message:
          "the project sets the preference `precompile_workloads` of PrecompileTools to false, with which no workload is run, this one neither",
        suggestion:
          "for packages to leave out theirs, give each of them `precompile_workload = false` instead",
        file: given.workloadIn,
        path: ["precompile", "workload"],
      },
    ];
  },
};
