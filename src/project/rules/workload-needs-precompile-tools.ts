import type { FileFinding, ProjectContext, ProjectRule } from "./project-rule.ts";

export const precompileTools = "aea7be01-6a6a-4083-8856-8a6e6704d82a";

/** PrecompileTools marks what is compiled while a workload runs, so that Julia keeps it. */
export const workloadNeedsPrecompileTools: ProjectRule = {
  name: "workload-needs-precompile-tools",
  check({ project, given }: ProjectContext): readonly FileFinding[] {
    if (given.workloadIn === undefined || project.manifest.packages.has(precompileTools)) {
      return [];
    }
    return [
      {
        severity: "error",
        message: "a workload needs the package `PrecompileTools`, which is not in the manifest",
        suggestion: 'add it to the project: `using Pkg; Pkg.add("PrecompileTools")`',
        file: given.workloadIn,
        path: ["precompile", "workload"],
      },
    ];
  },
};
