import { createHash } from "node:crypto";
import { posix } from "node:path";
import { stringify } from "smol-toml";
import type { Spec } from "../buildfile/spec.ts";
import type { Platform, ResolveMode } from "../buildkit/llb/index.ts";
import { type Layout, layOut } from "../project/layout.ts";
import type { LoadedProject } from "../project/loaded-project.ts";
import type { StepName } from "../request/step-names.ts";
import type { Span } from "../text/source-file.ts";
import { accessOf, buildPackages, sourceSettings } from "./access.ts";
import {
  applicationStepEnvironment,
  dependencyStepEnvironment,
  sharedEnvironment,
  userDepot,
} from "./build-environment.ts";
import { cacheMountId } from "./cache-identity.ts";
import { portableCpuTarget } from "./cpu-target.ts";
import { type Dependencies, dependenciesOf, type Identity } from "./dependencies.ts";
import {
  type DepotDescription,
  depotLabel,
  describeDepot,
  readDepotLabel,
  whyUnusable,
  writeDepotLabel,
} from "./depot-description.ts";
import { depotLayers } from "./depot-layers.ts";
import type { ImageConfig } from "./image-config.ts";
import { imageJulia } from "./image-julia.ts";
import { filesOnlyConfig, makeImageConfig } from "./make-image-config.ts";
import type { ApplicationStep, DependencyStep, FolderStep, Plan, Seed, Target } from "./plan.ts";
import { type TestStep, testStep } from "./test-step.ts";

/** Where a step's program leaves what goes into the image. */
export const outputFolder = "/run/frontend/output";

/** The base image as BuildKit resolved it for one platform. */
export interface ResolvedBase {
  /** The image that took the place of the spec's. */
  readonly reference?: string;
  /** Of its manifest or index; empty for an image that never had one because it was imported into the classic store. */
  readonly digest: string;
  readonly config: ImageConfig;
  readonly resolveMode?: ResolveMode;
}

/** An image whose depot the build may start from. */
export interface NamedSeed {
  readonly name: string;
  /** Absent if it has none, or cannot be had. */
  readonly config?: ImageConfig | undefined;
  /** Why it cannot be had. */
  readonly problem?: string;
}

export interface PlanInputs {
  readonly target: Target;
  readonly platform: Platform;
  readonly spec: Spec;
  readonly project: LoadedProject;
  readonly base: ResolvedBase;
  /** Absent if none was named. */
  readonly seed?: NamedSeed | undefined;
  /** Labels from outside the spec; they win. */
  readonly labels: ReadonlyMap<string, string>;
  /** Patterns of .dockerignore and the like. */
  readonly excludes: readonly string[];
  /** Names of the contexts that take the place of path dependencies, by UUID. */
  readonly dependencyContexts?: ReadonlyMap<string, string>;
  /** Prefix that keeps the caches of tenants of one builder apart. */
  readonly cacheNamespace: string | undefined;
  /** Steps that run whatever is cached. */
  readonly runAgain: ReadonlySet<StepName>;
  /** Differs in every build. */
  readonly runId: string;
}

/** What was decided so far, for the parts of the plan that need it. */
interface Decisions {
  readonly inputs: PlanInputs;
  readonly dependencies: Dependencies;
  readonly layout: Layout;
  readonly cpuTarget: string;
  readonly depot: DepotDescription;
  /** Environment of the base image with the spec's. */
  readonly shared: Readonly<Record<string, string>>;
}

/** Decides everything about a build for one platform. Pure: the same inputs give the same plan. */
export function makePlan(inputs: PlanInputs): Plan {
  const { target, platform, spec, base, project } = inputs;
  const dependencies = dependenciesOf(project);
  const julia = imageJulia(spec, base.config);
  const cpuTarget = spec.precompile.cpuTarget ?? portableCpuTarget(platform, julia);
  const depot = describeDepot(spec, base.config, platform, cpuTarget);
  const decisions: Decisions = {
    inputs,
    dependencies,
    layout: layOut(project.place, dependencies.pathDependencies, spec.path, inputs.dependencyContexts),
    cpuTarget,
    depot,
    shared: sharedEnvironment(base.config, spec),
  };
  const dependencyPart = dependencyStep(decisions);
  const { name } = project.projectFile;
  return {
    target,
    platform,
    runAgain: inputs.runAgain,
    spec: spec.file,
    base: { reference: spec.base, ...base, span: spanOf(spec, "base", "julia") },
    packages: {
      image: { names: spec.packages.apt, span: spanOf(spec, "packages.apt") },
      build: buildPackages(spec, spanOf(spec, "packages.build-apt", "pkg.use-cli-git")),
    },
    juliaFlags: spec.precompile.flags,
    depotPath: spec.depot.path,
    userDepotPath: userDepot(spec),
    dependencies: dependencyPart,
    application: applicationStep(decisions),
    folders: folderStep(target, spec),
    ...(target === "test" && name !== undefined ? { test: testPart(decisions, name, dependencyPart) } : {}),
    image: imageOf(decisions),
  };
}

function imageOf({ inputs, layout, depot }: Decisions): ImageConfig {
  const { target, base, spec, labels } = inputs;
  if (target === "test") {
    return filesOnlyConfig(base.config, {});
  }
  // A build that starts from this image must know what is in it, whatever labels the person gives.
  const ours = { [depotLabel]: writeDepotLabel(depot) };
  return target === "depot"
    ? filesOnlyConfig(base.config, ours)
    : makeImageConfig({
        base: base.config,
        spec,
        labels: new Map([...labels, ...Object.entries(ours)]),
        project: layout.project,
      });
}

function seedOf({ inputs, depot }: Decisions): Seed | undefined {
  const { seed } = inputs;
  if (seed === undefined) {
    return undefined;
  }
  const problem = seed.problem ?? whyUnusable(seed.config && readDepotLabel(seed.config), depot);
  return { name: seed.name, ...(problem === undefined ? {} : { problem }) };
}

function dependencyStep(decisions: Decisions): DependencyStep {
  const { inputs, dependencies, layout, cpuTarget, shared } = decisions;
  const { spec } = inputs;
  const seed = seedOf(decisions);
  const packages = dependencies.packages?.map(({ name, uuid, version, treeHash }) => ({
    name,
    uuid,
    version,
    treeHash,
  }));
  const layers = depotLayers(packages);
  const project = posix.join("/opt/julia/environments", digestOf(dependencies.files));
  const settings = {
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
  return {
    files: new Map([...dependencies.files, ["settings.toml", stringify(settings)]]),
    cacheId: cacheMountId(inputs, cpuTarget),
    ...(seed === undefined ? {} : { seed }),
    access: accessOf(spec),
    env: dependencyStepEnvironment({ shared, spec, cpuTarget, project, runId: runIdOf(inputs, "depot") }),
    packages,
    layers,
    span: spanOf(spec, "project", "julia", "base"),
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

function applicationStep({ inputs, dependencies, layout, cpuTarget, shared }: Decisions): ApplicationStep {
  const { spec, target, project, excludes } = inputs;
  const withSources = target === "app" || target === "test";
  const { name, uuid } = project.projectFile;
  const own = withSources && name !== undefined && uuid !== undefined ? [{ name, uuid }] : [];
  const settings = {
    depot: spec.depot.path,
    "user-depot": userDepot(spec),
    output: `${outputFolder}/files`,
    user: spec.user.text,
    strict: spec.precompile.strict,
    compile: withSources ? [...dependencies.compileWithApp, ...own].map(identityText) : [],
    load: (withSources ? dependencies.direct : dependencies.load).map(identityText),
    own: own.map(identityText).join(""),
    project: layout.project,
    manifest: manifestInImage(inputs.project, layout),
  };
  return {
    folders: withSources ? layout.folders : [],
    files: layout.files,
    path: layout.project,
    excludes: [...excludes, ...layout.replaced.map(asPattern)],
    user: spec.user.text,
    settings: stringify(settings),
    env: applicationStepEnvironment(shared, spec, cpuTarget, layout.project),
    name: own[0]?.name,
    span: spanOf(spec, "path", "project", "julia", "base"),
  };
}

/** Where the image's Julia finds the manifest: the project's, its workspace's, or the one that the build made. */
function manifestInImage({ resolved }: LoadedProject, layout: Layout): string {
  const file = layout.files.find(({ from }) => from === resolved?.manifest.file.name);
  return file?.to ?? posix.join(layout.project, "Manifest.toml");
}

/** A path as a pattern of .dockerignore that matches it alone. */
function asPattern(path: string): string {
  return path.replace(/[*?[\]\\!]/g, "\\$&");
}

function testPart({ inputs, layout }: Decisions, name: string, { env, cacheId }: DependencyStep): TestStep {
  const runId = runIdOf(inputs, "test");
  return testStep({ spec: inputs.spec, name, project: layout.project, dependencyEnv: env, cacheId, runId });
}

function folderStep(target: Target, spec: Spec): FolderStep {
  const { image, user } = spec;
  const paths = image.workdir === undefined ? image.volumes : [image.workdir, ...image.volumes];
  return {
    paths: target === "depot" ? [] : [...new Set(paths)].filter((path) => path !== "/"),
    owner: { user: user.uid ?? user.user, group: user.gid ?? user.group },
    span: spanOf(spec, "image.volumes", "image.workdir"),
  };
}

/** A value that makes a step with a cache mount run again. */
function runIdOf({ runAgain, runId }: PlanInputs, step: StepName): string | undefined {
  return runAgain.has(step) ? runId : undefined;
}

function identityText({ name, uuid }: Identity): string {
  return `${name}=${uuid}`;
}

/** Where the first of these keys that is present stands. */
function spanOf(spec: Spec, ...keys: readonly string[]): Span | undefined {
  return keys.map((key) => spec.spans.get(key)).find((span) => span !== undefined);
}
