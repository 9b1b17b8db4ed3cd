import type { Spec } from "../buildfile/spec.ts";
import type { Platform, ResolveMode } from "../buildkit/llb/index.ts";
import { type Layout, layOut } from "../project/layout.ts";
import type { LoadedProject } from "../project/loaded-project.ts";
import type { StepName } from "../request/no-cache.ts";
import type { Target } from "../request/targets.ts";
import type { Span } from "../text/source-file.ts";
import { sharedEnvironment } from "./build-environment.ts";
import { portableCpuTarget } from "./cpu-target.ts";
import { type Dependencies, dependenciesOf } from "./dependencies.ts";
import { type DepotDescription, describeDepot } from "./depot-description.ts";
import type { ImageConfig } from "./image-config.ts";
import { imageJulia } from "./image-julia.ts";
import { smallBaseConfig } from "./small-base-config.ts";

/** The base image as BuildKit resolved it for one platform. */
export interface ResolvedBase {
  /** The image that took the place of the spec's. */
  readonly reference?: string;
  /** Of its manifest or index; empty for an image that never had one because it was imported into the classic store. */
  readonly digest: string;
  readonly config: ImageConfig;
  readonly resolveMode?: ResolveMode;
  /** Whether it is files, not an image: then a configuration that comes with them does not name all that they hold. */
  readonly isFiles?: boolean;
}

/** An image whose depot the build may start from. */
export interface NamedSeed {
  readonly name: string;
  /** Absent if it has none, or cannot be had. */
  readonly config?: ImageConfig | undefined;
  /** Whether its lowest layers can be had without the others. */
  readonly hasSingleLayers?: boolean;
  /** Why it cannot be had. */
  readonly problem?: string;
}

export interface PlanInputs {
  readonly target: Target;
  readonly platform: Platform;
  readonly spec: Spec;
  readonly project: LoadedProject;
  readonly base: ResolvedBase;
  /** What the image is made of instead, with a reduced Julia. Absent if the spec names nothing, or the target does not heed it. */
  readonly smallBase?: ResolvedBase | undefined;
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

/** What is decided first, since several parts of the plan need it. */
export interface Decisions {
  readonly inputs: PlanInputs;
  readonly dependencies: Dependencies;
  readonly layout: Layout;
  readonly cpuTarget: string;
  readonly depot: DepotDescription;
  /** Environment of the base image with the spec's. */
  readonly shared: Readonly<Record<string, string>>;
  /** The configuration that the image's is made from: that of the base image, unless the image is on a small base. */
  readonly imageBase: ImageConfig;
}

export function decide(inputs: PlanInputs): Decisions {
  const { platform, spec, base, smallBase, project } = inputs;
  const dependencies = dependenciesOf(project);
  const julia = imageJulia(spec, base.config);
  const cpuTarget = spec.precompile.cpuTarget ?? portableCpuTarget(platform, julia);
  return {
    inputs,
    dependencies,
    layout: layOut(project.place, dependencies.pathDependencies, spec.path, inputs.dependencyContexts),
    cpuTarget,
    depot: describeDepot(spec, base.config, platform, cpuTarget),
    shared: sharedEnvironment(base.config, spec),
    imageBase: smallBase === undefined ? base.config : smallBaseConfig(base.config, smallBase.config),
  };
}

/** A value that makes a step run again for which BuildKit's own way does not do; undefined if it need not. */
export function runIdOf({ runAgain, runId }: PlanInputs, step: StepName): string | undefined {
  return runAgain.has(step) ? runId : undefined;
}

/** Where the first of these keys that is present stands. */
export function spanOf(spec: Spec, ...keys: readonly string[]): Span | undefined {
  return keys.map((key) => spec.spans.get(key)).find((span) => span !== undefined);
}
