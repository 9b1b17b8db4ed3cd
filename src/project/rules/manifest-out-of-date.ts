import { quote } from "../../text/quote.ts";
import { own } from "../../text/toml/parse-table.ts";
import type { ManifestPackage, Project } from "../project.ts";
import { projectHashes } from "../project-hash.ts";
import { admits, parseVersionSpec } from "../version-spec.ts";
import type { FileFinding, ProjectContext, ProjectRule } from "./project-rule.ts";

/**
 * The manifest must be the answer to what the project asks for now. Manifests since Julia 1.7 say by a hash what was
 * asked; of older ones, only versions outside the project's bounds tell. Pkg warns likewise when it instantiates.
 */
export const manifestOutOfDate: ProjectRule = {
  name: "manifest-out-of-date",
  check({ project }: ProjectContext): readonly FileFinding[] {
    const hash = own(project.manifest.table, "project_hash");
    return typeof hash === "string" && !project.manifest.format.startsWith("1.")
      ? checkHash(project, hash)
      : checkVersions(project);
  },
};

const suggestion = "run `Pkg.resolve()` in this project and commit the manifest with it";

function checkHash(project: Project, hash: string): readonly FileFinding[] {
  const { projectFile, manifest } = project;
  if (projectHashes(project)?.has(hash) ?? true) {
    return [];
  }
  const message = `[deps] or [compat] of ${quote(projectFile.file.name)} has changed since the manifest was made`;
  return [{ severity: "warning", message, suggestion, file: manifest.file, path: ["project_hash"] }];
}

function checkVersions({ projectFile, directDependencies, manifest }: Project): readonly FileFinding[] {
  const outside = [...manifest.packages.values()].filter(
    (entry) =>
      directDependencies.get(entry.name) === entry.uuid &&
      isOutside(entry, projectFile.compatibility.get(entry.name)),
  );
  return outside.map(({ name, version }) => ({
    severity: "warning",
    message: `the manifest has ${name} ${version}, but [compat] asks for ${quote(projectFile.compatibility.get(name) ?? "")}`,
    suggestion,
    file: projectFile.file,
    path: ["compat", name],
  }));
}

function isOutside({ source, version }: ManifestPackage, bound: string | undefined): boolean {
  const spec = bound === undefined ? undefined : parseVersionSpec(bound);
  const parts = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version ?? "")?.slice(1);
  return (
    source === "registry" && spec !== undefined && parts !== undefined && !admits(spec, parts.map(Number))
  );
}
