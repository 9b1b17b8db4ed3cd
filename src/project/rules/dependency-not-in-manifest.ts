import { quote } from "../../text/quote.ts";
import type { FileFinding, ProjectContext, ProjectRule } from "./project-rule.ts";

/** Every dependency of the project is in the manifest, under the same UUID: else Pkg resolves anew, or fails. */
export const dependencyNotInManifest: ProjectRule = {
  name: "dependency-not-in-manifest",
  check({ project: { projectFile, directDependencies, manifest } }: ProjectContext): readonly FileFinding[] {
    const names = new Set([...manifest.packages.values()].map((entry) => entry.name));
    return [...directDependencies]
      .filter(([, uuid]) => !manifest.packages.has(uuid))
      .map(([name, uuid]) => ({
        severity: "error",
        message: names.has(name)
          ? `${quote(name)} is in ${manifest.file.name} under another UUID than ${uuid}`
          : `${quote(name)} is not in ${manifest.file.name}`,
        suggestion: "run `Pkg.resolve()` in this project and commit the manifest with it",
        file: projectFile.file,
        path: ["deps", name],
      }));
  },
};
