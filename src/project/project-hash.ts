import { createHash } from "node:crypto";
import { isAtLeast, type JuliaVersion, parseJuliaVersion } from "../julia/julia-version.ts";
import { compareText } from "./canonical-toml.ts";
import type { Manifest, Project, ProjectFile } from "./project.ts";
import { strongDependencies } from "./strong-dependencies.ts";
import { admits, formatVersionSpec, parseVersionSpec } from "./version-spec.ts";

/**
 * The values of `project_hash` that Pkg may have written into this manifest when it resolved this project: one for each way
 * in which a version of Pkg computes it. A manifest with another value was resolved before the project's dependencies or
 * compat bounds changed.
 *
 * The Julia that a manifest names resolved it; a newer one may have removed a package since, which leaves that name as it is
 * (`rm` in Pkg.jl, src/Operations.jl). So the ways of older versions do not count.
 *
 * `undefined` for a project of a workspace, whose hash is over all of its projects, and for one that names its manifest
 * itself, which it may share with others.
 */
export function projectHashes({
  projectFile,
  manifest,
  inWorkspace,
}: Project): ReadonlySet<string> | undefined {
  if (inWorkspace || projectFile.workspace.length > 0 || projectFile.declaredManifest !== undefined) {
    return undefined;
  }
  const made = parseJuliaVersion(manifest.juliaVersion ?? "");
  const texts = ways
    .filter(({ before }) => made === undefined || before === undefined || !isRelease(made, before))
    .map(({ text }) => text(projectFile, manifest));
  return new Set(texts.map(sha1));
}

/**
 * The `project_hash` that Pkg of Julia 1.12 or newer writes for a package, where it resolves the same dependencies without the
 * package itself; undefined for a project that is none, or for an older Julia: then the two are the same.
 */
export function packageHash(project: ProjectFile, julia: JuliaVersion = { major: 1 }): string | undefined {
  const isPackage = project.name !== undefined && project.uuid !== undefined;
  return isPackage && isAtLeast(julia, 1, 12) ? sha1(workspaceResolveHash(project, boundOf)) : undefined;
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

/** A way of computing the hash: the text that is hashed, and the first Julia that has another one. */
interface Way {
  readonly before?: readonly [major: number, minor: number];
  readonly text: (project: ProjectFile, manifest: Manifest) => string;
}

const ways: readonly Way[] = [
  // Julia 1.8 knows no weak dependencies (`project_resolve_hash` in Pkg.jl, release-1.8, src/Types.jl).
  {
    before: [1, 9],
    text: (project) => resolveHash([...project.dependencies], project, "-"),
  },
  // Since 1.9 dependencies that are weak as well are taken out when the project is read (src/project.jl, `Project`).
  {
    before: [1, 11],
    text: (project) => resolveHash([...strongDependencies(project)], project, "-"),
  },
  // Since 1.11 ranges are printed with spaces (src/Versions.jl).
  {
    before: [1, 12],
    text: (project) => resolveHash([...strongDependencies(project)], project, " - "),
  },
  // Since 1.12 over the whole workspace (`workspace_resolve_hash` in src/Types.jl).
  { before: [1, 13], text: (project) => workspaceResolveHash(project, boundOf) },
  // Since 1.13 without bounds that rule out the standard library of the Julia at hand (`check_stdlib_compat`).
  { text: (project, manifest) => workspaceResolveHash(project, boundForStdlibOf(manifest)) },
];

/** Whether a version is at least this one. What is on its way to it may still have the ways of the one before. */
function isRelease(version: JuliaVersion, [major, minor]: readonly [number, number]): boolean {
  const isOnTheWay = version.prerelease !== undefined && version.major === major && version.minor === minor;
  return isAtLeast(version, major, minor) && !isOnTheWay;
}

function resolveHash(dependencies: Entries, { compatibility }: ProjectFile, hyphen: string): string {
  const bounds = [...compatibility].map(([name, text]) => [name, canonical(text, hyphen)] as const);
  return lines(dependencies) + lines(bounds);
}

/** Of [compat] what is a dependency, bounded or not. The project is one of its workspace's packages, if it is a package. */
function workspaceResolveHash(project: ProjectFile, bound: BoundOf): string {
  const { name, uuid } = project;
  const itself = name === undefined || uuid === undefined ? [] : [[name, uuid] as const];
  const direct = new Map([...itself, ...strongDependencies(project)]);
  const weak = [...project.weakDependencies];
  const names = new Set([...direct.keys(), ...weak.map(([weakName]) => weakName)]);
  const bounds = [...names].map((each) => [each, canonical(bound(project, each))] as const);
  return [lines([...direct]), lines(weak), lines(bounds)].join("\n");
}

type BoundOf = (project: ProjectFile, name: string) => string | undefined;

const boundOf: BoundOf = ({ compatibility }, name) => compatibility.get(name);

/** The manifest has the versions of the standard libraries of the Julia that made it. */
function boundForStdlibOf({ packages }: Manifest): BoundOf {
  return (project, name) => {
    const bound = boundOf(project, name);
    const entry = packages.get(strongDependencies(project).get(name) ?? "");
    const version = /^(\d+)\.(\d+)\.(\d+)/.exec(entry?.version ?? "")?.slice(1);
    const spec = bound === undefined ? undefined : parseVersionSpec(bound);
    const isRuledOut =
      entry?.source === "stdlib" &&
      version !== undefined &&
      spec !== undefined &&
      !admits(spec, version.map(Number));
    return isRuledOut ? undefined : bound;
  };
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
