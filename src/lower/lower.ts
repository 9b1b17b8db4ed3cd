import { type Definition, marshal, type Output, scratch } from "../buildkit/llb/index.ts";
import type { Plan, SmallImage } from "../plan/plan.ts";
import type { StepDefaults } from "../request/step-options.ts";
import { verified, withCompiledProject, withFiles, withProject } from "./application-step.ts";
import { baseImage, withAptPackages } from "./base-image.ts";
import { type DepotParts, dependencyStep, withDepot } from "./dependency-step.ts";
import { withDevelopmentFolders } from "./development-step.ts";
import { withFolders } from "./folder-step.ts";
import { contextSource, filesSource, type Place } from "./place.ts";
import { reducedJulia, withReducedJulia, withTools } from "./reduction-step.ts";
import { Steps } from "./steps.ts";
import { tested } from "./test-step.ts";

/** File systems that the steps take from, as they were found for the plan. */
export interface BuildSources {
  /** Where the project's files are. */
  readonly project: Place;
  /** What takes the place of the base image, if it is no image of a registry. */
  readonly base?: Output | undefined;
  /** What takes the place of the small base, if it is no image of a registry. */
  readonly smallBase?: Output | undefined;
  /** The image whose depot the cache starts from. */
  readonly seed?: SeedFiles | undefined;
  /** What takes the place of path dependencies, by the name of the context. */
  readonly named?: ReadonlyMap<string, Output>;
}

export interface SeedFiles {
  /** Its file system. Absent if it cannot be had. */
  readonly state?: Output;
  /** Its lowest layers alone; absent where they cannot be had alone. */
  readonly lowest?: (layers: number) => Output;
}

export interface LowerOptions {
  readonly stepDefaults: StepDefaults;
  /** Whether the daemon has a capability; absent if that is not known. */
  readonly supports?: ((capability: string) => boolean) | undefined;
}

/**
 * The definition that BuildKit solves to carry out a plan. LLB is lazy: only what the result depends on is run, so the result
 * is built on the output of the step that checks it.
 */
export function lower(
  plan: Plan,
  sources: BuildSources,
  { stepDefaults, supports }: LowerOptions,
): Definition {
  const steps = new Steps(plan, stepDefaults);
  const { project } = sources;
  // A constant, so that the definition is the same each time.
  const localUniqueId = project.kind === "local" && project.session === undefined ? "julia" : undefined;
  return marshal(resultOf(steps, sources), { platform: plan.platform, supports, localUniqueId });
}

/**
 * The definition of a base alone that may have no apt, for looking into it: the small base, or what an image to work in is made
 * of. Undefined for other images.
 */
export function lowerUncertainBase(
  plan: Plan,
  { base, smallBase }: Pick<BuildSources, "base" | "smallBase">,
  { stepDefaults, supports }: LowerOptions,
): Definition | undefined {
  const { small, target, platform } = plan;
  const steps = new Steps(plan, stepDefaults);
  const forDevelopment = target.isForDevelopment ? (base ?? baseImage(steps, plan.base)) : undefined;
  const state = small === undefined ? forDevelopment : (smallBase ?? baseImage(steps, small.base));
  return state && marshal(state, { platform, supports });
}

function resultOf(steps: Steps, sources: BuildSources): Output {
  const { target, application, test, development } = steps.plan;
  const { below, depot, tools, builder } = lowerLayers(steps, sources);
  const context = contextSource(sources.project, application);
  const built = withProject(steps, below, { context, named: sources.named });
  const compiled = verified(steps, withTools(steps, built, tools));
  if (!target.hasBase) {
    return withCompiledProject(steps, withDepot(steps, scratch, depot), compiled);
  }
  const checked = withFolders(steps, withCompiledProject(steps, built, compiled));
  const seed = sources.seed?.state;
  const image =
    development === undefined
      ? checked
      : withDevelopmentFolders(steps, development, { image: checked, builder, seed });
  return test === undefined ? image : tested(steps, test, image);
}

interface LowerLayers {
  /** What is below the project. */
  readonly below: Output;
  /** What the depot is made on. */
  readonly builder: Output;
  /** The parts of the depot of which it is made; none if the seed has made it already. */
  readonly depot: DepotParts;
  /** What the project is compiled with, if that is not below it. */
  readonly tools?: Output | undefined;
}

function lowerLayers(steps: Steps, sources: BuildSources): LowerLayers {
  const { base, seed } = sources;
  const { target, packages, dependencies, small } = steps.plan;
  const layers = dependencies.seed?.layers;
  const taken = layers === undefined ? undefined : seed?.lowest?.(layers);
  const builtOn = base ?? baseImage(steps, steps.plan.base);
  const clean = withAptPackages(steps, builtOn, packages.image, small === undefined ? "image" : "build");
  const builder = withAptPackages(steps, clean, packages.build, "build");
  if (taken !== undefined) {
    return { below: taken, builder, depot: [] };
  }
  const depot = dependencyStep(steps, builder, seed?.state);
  // Below the depot, since that changes more often.
  const lowest = target.isForDevelopment ? withAptPackages(steps, builder, packages.dev, "dev") : clean;
  const below = withDepot(steps, lowest, depot);
  return small === undefined
    ? { below, builder, depot }
    : smallLayers(steps, small, { below, builder, depot }, sources);
}

/** The same layers on the small base, with what the image needs of Julia. */
function smallLayers(
  steps: Steps,
  small: SmallImage,
  { below, builder, depot }: LowerLayers,
  { smallBase, project }: BuildSources,
): LowerLayers {
  const { files, span } = small.reduction;
  const context = filesSource(project, files);
  const full = files.length === 0 ? below : withFiles(steps, below, { files, span }, { context });
  const clean = withAptPackages(
    steps,
    smallBase ?? baseImage(steps, small.base),
    steps.plan.packages.image,
    "image",
  );
  const reduced = reducedJulia(steps, small, full, clean);
  return {
    below: withDepot(steps, withReducedJulia(steps, clean, reduced), depot),
    builder,
    depot,
    tools: reduced.tools,
  };
}
