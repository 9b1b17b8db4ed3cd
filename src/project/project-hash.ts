import { createHash } from "node:crypto";
import { compareText } from "./canonical-toml.ts";
import type { ProjectFile } from "./project.ts";
import { formatVersionSpec, parseVersionSpec } from "./version-spec.ts";

/**
 * The values of `project_hash` that Pkg may have written into a manifest when it resolved this project: one for each way
 * in which a version of Pkg computes it. A manifest with another value was resolved before the project's dependencies or
 * compat bounds changed.
 *
 * `undefined` for a project of a workspace, whose hash is over all of its projects.
 */
export function projectHashes(project: ProjectFile): ReadonlySet<string> | undefined {
  if (project.workspace.length > 0 || project.declaredManifest !== undefined) {
    return undefined;
  }
  const strong = [...project.dependencies].filter(
    ([name, uuid]) => project.weakDependencies.get(name) !== uuid,
  );
  const texts = [
    hashedUpTo111([...project.dependencies], project, "-"),
    hashedUpTo111(strong, project, " - "),
    hashedSince112(strong, project),
  ];
  return new Set(texts.map((text) => createHash("sha1").update(text).digest("hex")));
}

/** Julia 1.7 to 1.11 (`project_resolve_hash` in Pkg.jl, src/Types.jl); since 1.11 without weak dependencies. */
function hashedUpTo111(dependencies: Entries, { compatibility }: ProjectFile, hyphen: string): string {
  const bounds = [...compatibility].map(([name, text]) => [name, canonical(text, hyphen)] as const);
  return lines(dependencies) + lines(bounds);
}

/** Julia 1.12 and newer (`workspace_resolve_hash` there): of [compat] what is a dependency, bounded or not. */
function hashedSince112(dependencies: Entries, project: ProjectFile): string {
  const weak = [...project.weakDependencies];
  const names = new Set([...dependencies, ...weak].map(([name]) => name));
  const compatibility = [...names].map((name) => [name, canonical(project.compatibility.get(name))] as const);
  return [lines(dependencies), lines(weak), lines(compatibility)].join("\n");
}

type Entries = readonly (readonly [name: string, value: string])[];

function lines(entries: Entries): string {
  return entries
    .toSorted(([left], [right]) => compareText(left, right))
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

/** In the notation in which Pkg prints ranges; no bound is `*`. */
function canonical(compatibility: string | undefined, hyphen?: string): string {
  const spec = compatibility === undefined ? undefined : parseVersionSpec(compatibility);
  return spec === undefined ? "*" : formatVersionSpec(spec, hyphen);
}
