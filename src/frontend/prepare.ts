import type { Definition, Output, Platform } from "../buildkit/llb/index.ts";
import { type NamedPackage, openDependencyContexts } from "../engine/dependency-contexts.ts";
import { type LoadedBase, loadBase, type NamedBase, namedBase, namedSmallBase } from "../engine/load-base.ts";
import { hasContext, projectReader } from "../engine/load-project.ts";
import { type LoadedSeed, loadSeed } from "../engine/load-seed.ts";
import { lower, lowerUncertainBase } from "../lower/lower.ts";
import { checkBase, checkSmallBase } from "../plan/check-base.ts";
import { type NamedSeed, type ResolvedBase, spanOf } from "../plan/decisions.ts";
import { imageJulia } from "../plan/image-julia.ts";
import { makePlan } from "../plan/make-plan.ts";
import type { Plan } from "../plan/plan.ts";
import type { LoadedProject } from "../project/loaded-project.ts";
import { type Diagnostic, hasErrors } from "../text/diagnostic.ts";
import type { BuildContext } from "./open-spec.ts";
import { diagnosticsError, failureAt } from "./report.ts";
import { refuseUnusedContexts } from "./unused-contexts.ts";

/** What is to be built for one platform. */
export interface PreparedBuild {
  readonly plan: Plan;
  readonly definition: Definition;
  /** The base that gets Debian packages and may have no apt, alone. */
  readonly uncertainBase?: Definition | undefined;
  /** What was found on the way and is no reason not to build. */
  readonly warnings: readonly Diagnostic[];
}

/** What BuildKit and the build context say that a plan needs to know. */
interface Findings {
  readonly base: LoadedBase;
  readonly smallBase: LoadedBase | undefined;
  readonly seed: LoadedSeed | undefined;
  readonly excludes: readonly string[];
  readonly project: LoadedProject;
  readonly warnings: readonly Diagnostic[];
}

/** Plans the build for one platform and turns the plan into LLB. Rejects if something is wrong with base or project. */
export async function prepare(context: BuildContext, platform: Platform): Promise<PreparedBuild> {
  const { spec, target, request, environment, place, client } = context;
  const { base: loadedBase, smallBase, seed, excludes, project, warnings } = await find(context, platform);
  const paths = pathDependenciesOf(project);
  refuseUnusedContexts(request, spec, paths);
  const replacements = await openDependencyContexts(paths, platform, context);
  const base = resolvedBase(loadedBase);
  const { labels, cacheNamespace, runAgain, stepDefaults } = request;
  const plan = makePlan({
    target,
    platform,
    spec,
    project,
    base,
    smallBase: smallBase && resolvedBase(smallBase),
    seed: seed && namedSeed(seed, context),
    labels,
    excludes,
    dependencyContexts: new Map(replacements.map(({ uuid, context: name }) => [uuid, name])),
    cacheNamespace,
    runAgain,
    runId: environment.sessionId,
  });
  const named = new Map<string, Output>(replacements.map(({ context: name, files }) => [name, files]));
  const sources = { project: place, base: loadedBase.state, smallBase: smallBase?.state, seed, named };
  const options = { stepDefaults, supports: client.llb.supports };
  const definition = lower(plan, sources, options);
  return { plan, definition, uncertainBase: lowerUncertainBase(plan, sources, options), warnings };
}

/** Asks for all that takes time at once. The project is read for the spec's Julia, and again if the base has another. */
async function find(context: BuildContext, platform: Platform): Promise<Findings> {
  const { spec, request } = context;
  const readProject = projectReader(spec, context, hasContext({ ...context, wanted: platform }));
  const [base, smallBase, seed, excludes] = await Promise.all([
    resolveBase(namedBase(spec.base), ["base", "julia"], context, platform),
    resolveSmallBase(context, platform),
    loadSeed(spec, platform, { ...context, resolveMode: request.resolveMode }),
    excludesOf(context),
    readProject(spec.julia?.version),
  ]);
  const { value: project, diagnostics: ofProject } = await readProject(imageJulia(spec, base.config));
  const ofBases = [
    ...checkBase(spec, base.config),
    ...(smallBase === undefined ? [] : checkSmallBase(spec, smallBase.config)),
  ];
  const warnings = [...ofBases, ...ofProject];
  if (project === undefined || hasErrors(warnings)) {
    throw diagnosticsError(warnings);
  }
  return { base, smallBase, seed, excludes, project, warnings };
}

/** What an image is made of instead of the base image, if the spec names something and the target heeds it. */
async function resolveSmallBase(context: BuildContext, platform: Platform): Promise<LoadedBase | undefined> {
  const { spec, target } = context;
  return spec.image.base === undefined || !target.canBeSmall
    ? undefined
    : resolveBase(namedSmallBase(spec.image.base), ["image.base"], context, platform);
}

function resolvedBase({ state: _state, ...base }: LoadedBase): ResolvedBase {
  return base;
}

/** Asks for a base image's digest and configuration. Rejects with BuildKit's error and the line that names the image. */
async function resolveBase(
  named: NamedBase,
  keys: readonly string[],
  context: BuildContext,
  platform: Platform,
): Promise<LoadedBase> {
  const { spec, request } = context;
  try {
    return await loadBase(named, platform, { ...context, resolveMode: request.resolveMode });
  } catch (error) {
    const span = spanOf(spec, ...keys);
    throw failureAt(error, span && { file: spec.file, span });
  }
}

/** Neither the spec nor the files that say what to leave out belong into the image, nor does the project's history. */
async function excludesOf({ loaded, request }: BuildContext): Promise<readonly string[]> {
  const { filename } = request;
  return [...(await loaded.ignorePatterns), filename, `${filename}.dockerignore`, ".dockerignore", ".git"];
}

function pathDependenciesOf({ resolved, unresolved }: LoadedProject): readonly NamedPackage[] {
  const entries = [...(resolved?.manifest.packages.values() ?? [])];
  return unresolved?.sources ?? entries.filter(({ source }) => source === "path");
}

/**
 * What the plan may know of a seed. BuildKit takes single layers of an image where it keeps images itself. Docker's classic
 * store gives all of them whatever is asked for; its worker has no label with the name of a snapshotter.
 */
function namedSeed(
  { name, config, problem, lowest }: LoadedSeed,
  { environment, client }: BuildContext,
): NamedSeed {
  const labels = environment.workers[0]?.labels ?? {};
  const hasSingleLayers =
    lowest !== undefined &&
    labels["org.mobyproject.buildkit.worker.snapshotter"] !== undefined &&
    client.llb.supports("source.image.layerlimit");
  return { name, config, hasSingleLayers, ...(problem === undefined ? {} : { problem }) };
}
