import { createHash } from "node:crypto";
import { posix } from "node:path";
import { stringify } from "smol-toml";
import { environmentsFolder } from "../buildfile/our-folders.ts";
import { dependencyArchive } from "../julia/archives.ts";
import { accessOf, sourceSettings } from "./access.ts";
import { dependencyStepEnvironment, userDepot } from "./build-environment.ts";
import { cacheMountId } from "./cache-identity.ts";
import { type Decisions, runIdOf, spanOf } from "./decisions.ts";
import { identityText } from "./dependencies.ts";
import { type DepotLayers, depotLayers } from "./depot-layers.ts";
import type { DependencyStep } from "./plan.ts";
import { inputsFolder, juliaCommand, outputFolder, settingsFile } from "./step-folders.ts";

/** The step that installs, builds, precompiles and collects the dependencies. */
export function planDependencies(decisions: Decisions): Omit<DependencyStep, "seed"> {
  const { inputs, dependencies, cpuTarget, shared } = decisions;
  const { spec } = inputs;
  const packages = dependencies.packages?.map(({ name, uuid, version, treeHash }) => ({
    name,
    uuid,
    version,
    treeHash,
  }));
  const layers = depotLayers(packages);
  const project = posix.join(environmentsFolder, digestOf(dependencies.files));
  const settings = settingsOf(decisions, project, layers);
  return {
    files: new Map([...dependencies.files, [settingsFile, stringify(settings)]]),
    programs: dependencyArchive,
    args: juliaCommand("steps/dependencies.jl", [], inputsFolder),
    cacheId: cacheMountId(inputs, cpuTarget),
    access: accessOf(spec),
    env: dependencyStepEnvironment({ shared, spec, cpuTarget, project, runId: runIdOf(inputs, "depot") }),
    packages,
    layers,
    span: spanOf(spec, "project", "julia", "base"),
  };
}

function settingsOf({ inputs, dependencies, layout }: Decisions, project: string, layers: DepotLayers) {
  const { spec } = inputs;
  return {
    depot: spec.depot.path,
    "user-depot": userDepot(spec),
    environment: project,
    output: outputFolder,
    user: spec.user.text,
    strict: spec.precompile.strict,
    flags: spec.precompile.flags,
    load: dependencies.load.map(identityText),
    "install-only": dependencies.installOnly.map(({ name, uuid, treeHash }) => ({
      name,
      uuid,
      "git-tree-sha1": treeHash ?? "",
    })),
    "lazy-artifacts": spec.pkg.lazyArtifacts,
    ...sourceSettings(spec),
    "max-unused-days": spec.depot.maxUnusedDays,
    "keep-registries": spec.depot.keepRegistries,
    layers,
    // Versions that the build chose belong into the image, beside the project that they were chosen for.
    "manifest-target": dependencies.toResolve ? posix.join(layout.manifestFolder, "Manifest.toml") : "",
    "manifest-hash": dependencies.manifestHash,
    "manifest-paths": dependencies.manifestPaths.map(({ made, real }) => ({ made, real })),
  };
}

// Every environment has a folder of its own: Julia names compiled files after the path of the active project, and files
// of two projects with one name would overwrite each other in the cache (JuliaLang/julia #63268).
function digestOf(files: ReadonlyMap<string, string>): string {
  return createHash("sha256")
    .update(JSON.stringify([...files]))
    .digest("hex")
    .slice(0, 16);
}
