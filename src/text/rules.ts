export type Severity = "error" | "warning";

export interface RuleSummary {
  /** What a finding is at first; `# check=error=true` makes errors of warnings, and only warnings can be skipped. */
  readonly severity: Severity;
  /** What is found: a sentence. */
  readonly summary: string;
}

const error = (summary: string): RuleSummary => ({ severity: "error", summary });
const warning = (summary: string): RuleSummary => ({ severity: "warning", summary });

/** Every rule there is. Each has a page of its name under docs/rules. */
const summaries = {
  "app-not-run": warning("The project is an app, and the image does not run it."),
  "base-without-apt": error("The image is to have Debian packages, and its base has no apt."),
  "byte-order-mark": error("A file of the project begins with a mark that Julia cannot read."),
  "conflicting-keys": error("A key has no effect beside another one, or without it."),
  "dependency-not-in-manifest": error("The manifest lacks a dependency of the project."),
  "duplicate-package": warning("A Debian package is listed under both `apt` and `build-apt`."),
  "file-too-large": error("A file is larger than what is read."),
  "floating-base": warning("The tag of the base image moves with every release."),
  "git-over-ssh": warning("A dependency is fetched over ssh, but no key is mounted."),
  "ignored-file": error("`.dockerignore` keeps a file of the project out of the image."),
  "internal-error": error("The frontend itself has a mistake."),
  "invalid-check": warning("The `# check=` line names a rule or setting that does not exist."),
  "invalid-manifest": error("The manifest is not what Pkg writes."),
  "invalid-name": error("The name of a variable or label has characters that it must not have."),
  "invalid-project": error("The Project.toml, or what sets its preferences, is not what Julia reads."),
  "invalid-substitution": error("A `$` in a string begins nothing that could be substituted."),
  "invalid-value": error("A value is not one that its key may have."),
  "julia-not-in-compat": warning("The project's `[compat]` rules out the Julia of the image."),
  "julia-too-old": error("The version of Julia is older than those supported."),
  "key-needs-newer-julia": error("A key has no effect in the Julia of the image."),
  "link-outside-context": error("A link leads out of the build context."),
  "literal-secret": warning("A value looks like a secret, and everyone who has the image can read it."),
  "manifest-format-too-new": error("The Julia of the image cannot read the manifest's format."),
  "manifest-not-found": error("The manifest that the project names is not in the build context."),
  "manifest-of-other-julia": warning("The manifest was made by another version of Julia."),
  "manifest-out-of-date": warning("The project has changed since its manifest was made."),
  "missing-julia": error("The spec does not say which Julia to use."),
  "more-problems": warning("There are more problems than are shown."),
  "native-cpu-target": warning("The compiled code fits the building machine's processor only."),
  "no-manifest": warning("The project has no manifest, so the build chooses versions."),
  "no-project": error("The project folder has no Project.toml."),
  "no-spec": error("The spec does not exist."),
  "no-tests": error("The target `test` has no tests that it could run."),
  "onbuild-base": error("The base image has triggers for Dockerfiles that build on it."),
  "overlapping-paths": error(
    "Project, depot, secrets or volumes are in each other's folder, or in one of the system.",
  ),
  "path-dependency-missing": error("A path dependency has no sources in the build context."),
  "path-outside-context": error("A path dependency is not in the build context."),
  "renamed-key": error("A key has another name in this version of the spec."),
  "reserved-env": error("A variable that the build sets itself is set under `[env]`."),
  "script-not-found": error("A script that the image or the build is to run is not in the build context."),
  "sources-need-newer-julia": error("`[sources]` is not known to the Julia of the image."),
  "spec-too-large": error("The spec is larger than 128 KiB."),
  "spec-too-new": error("The spec was written for a newer version of the frontend."),
  "toml-nesting": error("Values are nested too deep."),
  "toml-syntax": error("The file is not valid TOML."),
  "undeclared-arg": error("A string uses an argument that `[args]` does not declare."),
  "undeclared-build-arg": warning("`--build-arg` names an argument that `[args]` does not declare."),
  "unknown-cpu-target": warning("Julia has no entry for a processor that code is compiled for."),
  "unknown-key": error("The spec has no such key."),
  "unused-arg": warning("An argument is declared and used nowhere."),
  "user-is-root": warning("The image runs as root."),
  "windows-path": error("A path dependency has a path that only Windows can follow."),
  "workload-needs-precompile-tools": error(
    "A workload is to be kept, and the project lacks the package that keeps it.",
  ),
  "workload-never-run": error(
    "A workload is to be kept, and a preference of the project has no workload run.",
  ),
  "wrong-type": error("A value has another type than its key."),
} satisfies Record<string, RuleSummary>;

export type RuleName = keyof typeof summaries;

export const rules: ReadonlyMap<RuleName, RuleSummary> = new Map(
  Object.entries(summaries) as [RuleName, RuleSummary][],
);

export function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(summaries, name);
}
