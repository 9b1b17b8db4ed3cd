import { createHash } from "node:crypto";
import { posix } from "node:path";
import { stringify } from "smol-toml";
import type { Span } from "../diagnostics/source-file.ts";
import type { Platform } from "../llb/index.ts";
import {
  type DependencyEnvironment,
  dependencyEnvironment,
  type Package,
} from "../project/dependency-environment.ts";
import type { Project } from "../project/project.ts";
import type { Spec } from "../spec/spec.ts";
import {
  applicationStepEnvironment,
  dependencyStepEnvironment,
  sharedEnvironment,
  userDepot,
} from "./build-environment.ts";
import { cacheId } from "./cache-identity.ts";
import { portableCpuTarget } from "./cpu-target.ts";
import { environmentOf, type ImageConfig } from "./image-config.ts";
import { filesOnlyConfig, makeImageConfig } from "./make-image-config.ts";
import type { ApplicationStep, DependencyStep, Plan, Target } from "./plan.ts";

/** Where a step's program leaves what goes into the image. */
export const outputFolder = "/run/frontend/output";

/** The base image as BuildKit resolved it for one platform. */
export interface ResolvedBase {
  /** Of its manifest or index; empty for an image that never had one because it was imported into the classic store. */
  readonly digest: string;
  readonly config: ImageConfig;
}

export interface PlanInputs {
  readonly target: Target;
  readonly platform: Platform;
  readonly spec: Spec;
  readonly project: Project;
  /** Names of the project's files that say what it depends on, as they are in its folder. */
  readonly projectFiles: readonly string[];
  readonly base: ResolvedBase;
  /** Labels from outside the spec; they win. */
  readonly labels: ReadonlyMap<string, string>;
  /** Patterns of .dockerignore and the like. */
  readonly excludes: readonly string[];
  /** Prefix that keeps the caches of tenants of one builder apart. */
  readonly cacheNamespace: string | undefined;
  /** Names this run if every step has to run again, whatever is cached. */
  readonly runId: string | undefined;
}

/** Decides everything about a build for one platform. Pure: the same inputs give the same plan. */
export function makePlan(inputs: PlanInputs): Plan {
  const { target, platform, spec, base } = inputs;
  const environment = dependencyEnvironment(inputs.project);
  const cpuTarget = spec.precompile.cpuTarget ?? portableCpuTarget(platform);
  return {
    target,
    platform,
    runAgain: inputs.runId !== undefined,
    spec: spec.file,
    base: { reference: spec.base, ...base, span: spanOf(spec, "base", "julia") },
    packages: {
      image: { names: spec.packages.apt, span: spanOf(spec, "packages.apt") },
      build: { names: spec.packages.buildApt, span: spanOf(spec, "packages.build-apt") },
    },
    depotPath: spec.depot.path,
    dependencies: dependencyStep(inputs, environment, cpuTarget),
    application: applicationStep(inputs, environment, cpuTarget),
    image:
      target === "depot" ? filesOnlyConfig(base.config) : makeImageConfig(base.config, spec, inputs.labels),
  };
}

function dependencyStep(
  inputs: PlanInputs,
  environment: DependencyEnvironment,
  cpuTarget: string,
): DependencyStep {
  const { spec, base, runId } = inputs;
  const installed = new Set(environment.packages.map((entry) => entry.uuid));
  const files = environmentFiles(environment);
  const project = posix.join("/opt/julia/environments", digestOf(files));
  const settings = {
    depot: spec.depot.path,
    "user-depot": userDepot(spec),
    environment: project,
    output: outputFolder,
    strict: spec.precompile.strict,
    flags: spec.precompile.flags,
    load: environment.directDependencies.filter(({ uuid }) => installed.has(uuid)).map(identity),
  };
  const shared = sharedEnvironment(base.config, spec);
  return {
    files: new Map([...files, ["settings.toml", stringify(settings)]]),
    cacheId: cacheMountId(inputs, cpuTarget),
    env: dependencyStepEnvironment({ shared, spec, cpuTarget, project, runId }),
    packageCount: environment.packages.filter((entry) => entry.treeHash !== undefined).length,
    span: spanOf(spec, "project", "julia", "base"),
  };
}

function cacheMountId({ spec, base, platform, cacheNamespace }: PlanInputs, cpuTarget: string): string {
  const id =
    spec.depot.cacheId ??
    cacheId({
      julia: juliaName(spec, base.config),
      baseDigest: base.digest || contentDigest(base.config),
      platform,
      cpuTarget,
      depotPath: spec.depot.path,
    });
  return cacheNamespace === undefined ? id : `${cacheNamespace}/${id}`;
}

/** An image's configuration names its layers, so its digest names its content. */
function contentDigest(config: ImageConfig): string {
  return createHash("sha256").update(JSON.stringify(config)).digest("hex");
}

function environmentFiles(environment: DependencyEnvironment): ReadonlyMap<string, string> {
  return new Map([
    ["Project.toml", environment.projectToml],
    ["Manifest.toml", environment.manifestToml],
    ...(environment.localPreferencesToml === undefined
      ? []
      : [["LocalPreferences.toml", environment.localPreferencesToml] as const]),
  ]);
}

// Every environment has a folder of its own: Julia names compiled files after the path of the active project, and files
// of two projects with one name would overwrite each other in the cache (JuliaLang/julia #63268).
function digestOf(files: ReadonlyMap<string, string>): string {
  return createHash("sha256")
    .update(JSON.stringify([...files]))
    .digest("hex")
    .slice(0, 16);
}

function applicationStep(
  { spec, project, projectFiles, base, target, excludes }: PlanInputs,
  environment: DependencyEnvironment,
  cpuTarget: string,
): ApplicationStep {
  const { name, uuid } = project.projectFile;
  const isPackage = target === "app" && name !== undefined && uuid !== undefined;
  const settings = {
    depot: spec.depot.path,
    "user-depot": userDepot(spec),
    project: spec.path,
    output: outputFolder,
    user: spec.user.text,
    strict: spec.precompile.strict,
    flags: spec.precompile.flags,
    package: isPackage ? identity({ name, uuid }) : "",
    load: environment.directDependencies.map(identity),
  };
  return {
    source: spec.project,
    projectFiles,
    path: spec.path,
    excludes,
    settings: stringify(settings),
    env: applicationStepEnvironment(sharedEnvironment(base.config, spec), spec, cpuTarget),
    name: isPackage ? name : undefined,
    span: spanOf(spec, "path", "project", "julia", "base"),
  };
}

/** Julia's version for people: the base image's own word if it has one, as the official images do. */
function juliaName(spec: Spec, base: ImageConfig): string {
  return environmentOf(base).get("JULIA_VERSION") ?? spec.julia?.text ?? "unknown";
}

function identity({ name, uuid }: Pick<Package, "name" | "uuid">): string {
  return `${name}=${uuid}`;
}

/** Where the first of these keys that is present stands. */
function spanOf(spec: Spec, ...keys: readonly string[]): Span | undefined {
  return keys.map((key) => spec.spans.get(key)).find((span) => span !== undefined);
}
