import { stringify } from "smol-toml";
import type { PackageFixture } from "./package-fixture.ts";
import { STDLIB } from "./stdlib.ts";

export interface ProjectRequest {
  /** Names of the direct dependencies: fixtures or standard libraries. */
  readonly deps: readonly string[];
  /** Versions to take instead of the highest. */
  readonly pins?: Readonly<Record<string, string>>;
  /** Addresses of git repositories by package: these are tracked there, on the branch `main`. */
  readonly repositories?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly uuid?: string;
  readonly version?: string;
  /** "1.0" for Julia before 1.6.2, "2.0" for later ones; 1.0 when left out. */
  readonly manifestFormat?: "1.0" | "2.0";
  /** `julia_version` of a manifest of format 2.0. */
  readonly juliaVersion?: string;
}

export interface ResolvedProject {
  readonly projectToml: string;
  readonly manifestToml: string;
  readonly packages: readonly PackageFixture[];
}

/**
 * A project with its manifest: of every package that is needed the highest version that what was chosen
 * allows, or the pinned one. It does not go back on a choice: versions that exclude each other are an error.
 * Standard libraries are those of Julia 1.5.
 */
export function resolveProject(
  available: readonly PackageFixture[],
  request: ProjectRequest,
): ResolvedProject {
  let chosen: Choice = new Map();
  for (;;) {
    const next = choose(available, request, chosen);
    const settled = [...next].every(([name, fixture]) => chosen.get(name) === fixture);
    chosen = next;
    if (settled) break;
  }
  const packages = [...chosen.values()].filter((fixture) => fixture !== undefined);
  packages.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    projectToml: projectToml(request, chosen),
    manifestToml: manifestToml(request, packages, [...chosen.keys()]),
    packages,
  };
}

/** Every name in the manifest; standard libraries have no fixture. */
type Choice = ReadonlyMap<string, PackageFixture | undefined>;

/** Chooses anew, within the bounds that the packages of an earlier choice set. */
function choose(available: readonly PackageFixture[], request: ProjectRequest, earlier: Choice): Choice {
  const chosen = new Map<string, PackageFixture | undefined>();
  const visit = (name: string): void => {
    if (chosen.has(name)) return;
    const library = STDLIB[name];
    const fixture = library === undefined ? highest(available, name, request, earlier) : undefined;
    chosen.set(name, fixture);
    for (const dependency of library?.deps ?? Object.keys(fixture?.deps ?? {})) visit(dependency);
  };
  for (const name of request.deps) visit(name);
  return chosen;
}

function highest(
  available: readonly PackageFixture[],
  name: string,
  request: ProjectRequest,
  earlier: Choice,
): PackageFixture {
  const pin = request.pins?.[name];
  const bounds = [...earlier.values()].flatMap((fixture) => fixture?.compat[name] ?? []);
  const candidates = available
    .filter((fixture) => fixture.name === name && (pin === undefined || fixture.version === pin))
    .filter((fixture) => bounds.every((bound) => satisfies(fixture.version, bound)))
    .sort((a, b) => compareVersions(b.version, a.version));
  const [best] = candidates;
  if (best === undefined)
    throw new Error(`no ${[name, pin].join(" ").trim()} within ${bounds.join(", ") || "any"}`);
  return best;
}

/** Whether a version lies in the caret range of a lower bound of major version 1 or more. */
function satisfies(version: string, lowerBound: string): boolean {
  const sameMajor = version.split(".")[0] === lowerBound.split(".")[0];
  return sameMajor && compareVersions(version, lowerBound) >= 0;
}

function compareVersions(left: string, right: string): number {
  const numbers = (version: string): readonly number[] => version.split(/[.+]/).map(Number);
  const [a, b] = [numbers(left), numbers(right)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function projectToml(request: ProjectRequest, chosen: Choice): string {
  const { name, uuid, version } = request;
  const identity = Object.fromEntries(
    Object.entries({ name, uuid, version }).filter(([, value]) => value !== undefined),
  );
  const deps = Object.fromEntries(
    [...request.deps].sort().map((dep) => [dep, chosen.get(dep)?.uuid ?? STDLIB[dep]?.uuid]),
  );
  return stringify({ ...identity, deps });
}

function manifestToml(
  request: ProjectRequest,
  packages: readonly PackageFixture[],
  names: readonly string[],
): string {
  const entries: Record<string, unknown> = {};
  for (const name of [...names].sort()) {
    const fixture = packages.find((candidate) => candidate.name === name);
    entries[name] = [fixture === undefined ? stdlibEntry(name) : packageEntry(fixture, request)];
  }
  const notice = "# This file is machine-generated - editing it directly is not advised\n\n";
  if (request.manifestFormat !== "2.0") return notice + asPkgWrites(stringify(entries));
  const head = { julia_version: request.juliaVersion ?? "1.10.0", manifest_format: "2.0" };
  return notice + asPkgWrites(stringify({ ...head, deps: entries }));
}

// Pkg puts no space inside brackets: with it, an unchanged project would look changed after a resolve.
function asPkgWrites(toml: string): string {
  return toml.replace(/^((?:weak)?deps = )\[ (.*) \]$/gm, "$1[$2]");
}

function packageEntry(fixture: PackageFixture, request: ProjectRequest): Readonly<Record<string, unknown>> {
  const deps = Object.keys(fixture.deps).sort();
  const repository = request.repositories?.[fixture.name];
  const weak = request.manifestFormat === "2.0" && Object.keys(fixture.weakDeps).length > 0;
  return {
    ...(deps.length > 0 ? { deps } : {}),
    ...(weak ? { weakdeps: Object.keys(fixture.weakDeps).sort() } : {}),
    "git-tree-sha1": fixture.treeHash,
    ...(repository === undefined ? {} : { "repo-rev": "main", "repo-url": repository }),
    uuid: fixture.uuid,
    version: fixture.version,
  };
}

function stdlibEntry(name: string): Readonly<Record<string, unknown>> {
  const { uuid, deps } = STDLIB[name] as (typeof STDLIB)[string];
  return { ...(deps.length > 0 ? { deps } : {}), uuid };
}
