import { readSpec, type SpecReading } from "../buildfile/read-spec.ts";
import type { Spec } from "../buildfile/spec.ts";
import type { FrontendEnvironment, GatewayClient } from "../buildkit/gateway/index.ts";
import type { Definition, EncodedVertices, Platform } from "../buildkit/llb/index.ts";
import {
  dependencyContextNames,
  type NamedPackage,
  openDependencyContexts,
} from "../engine/dependency-contexts.ts";
import { baseNames, type LoadedBase, loadBase } from "../engine/load-base.ts";
import { hasContext, loadProject, projectReader } from "../engine/load-project.ts";
import { loadSeed, seedContext } from "../engine/load-seed.ts";
import { type LoadedSpec, type LoadOptions, loadSpec } from "../engine/load-spec.ts";
import { type ContextOptions, mainContexts } from "../engine/main-contexts.ts";
import { findContext, openNamedContext } from "../engine/named-context.ts";
import { definitionOf } from "../lower/definition.ts";
import { stackDigest, stackOf } from "../lower/stack.ts";
import { checkBase } from "../plan/check-base.ts";
import { imageJulia } from "../plan/image-julia.ts";
import { makePlan } from "../plan/make-plan.ts";
import { type Plan, type Target, targets } from "../plan/plan.ts";
import { inAnyRun, withStack } from "../plan/stack.ts";
import type { LoadedProject } from "../project/loaded-project.ts";
import type { BuildRequest } from "../request/build-request.ts";
import { contextName } from "../request/context-request.ts";
import { type Diagnostic, hasErrors } from "../text/diagnostic.ts";
import { quote } from "../text/quote.ts";
import type { Reading } from "../text/reading.ts";
import { UserError } from "../text/user-error.ts";
import { diagnosticsError, withLocation } from "./report.ts";

/** What was asked for and the spec, right or wrong. */
export interface OpenedSpec extends LoadOptions, ContextOptions {
  readonly environment: FrontendEnvironment;
  readonly request: BuildRequest;
  /** Never empty. */
  readonly platforms: readonly Platform[];
  readonly loaded: LoadedSpec;
  readonly reading: SpecReading;
}

/** What one build works with, the same for all of its platforms. */
export interface BuildContext extends OpenedSpec {
  readonly target: Target;
  readonly spec: Spec;
}

/** What is to be built for one platform. */
export interface PreparedBuild {
  readonly plan: Plan;
  readonly definition: Definition;
}

/** `--build-context project=…` takes the place of the build context, for everything but the spec. */
const projectContext = "project";

/** Loads and reads the spec. Rejects if there is none, or if something was asked that cannot be done. */
export async function openSpec(
  client: GatewayClient,
  environment: FrontendEnvironment,
  request: BuildRequest,
): Promise<OpenedSpec> {
  refuse(request);
  const own = environment.workers[0]?.platforms[0] ?? { os: "linux", architecture: "amd64" };
  const options: ContextOptions = { client, environment, platform: own, contexts: request.contexts };
  const main = await mainContexts(request.filename, options);
  const project = findContext(request.contexts, [projectContext], own);
  const context = project && (await openNamedContext(project, options));
  if (context !== undefined && context.kind !== "files") {
    throw new UserError(`--build-context ${projectContext}: has to be files, not an image`);
  }
  const place = context?.place ?? main.project;
  const loaded = await loadSpec(main.spec, main.filename, { ...options, place });
  if ("rule" in loaded) {
    throw diagnosticsError([loaded]);
  }
  const reading = readSpec(loaded.file, request.buildArgs, request.check);
  const platforms = request.platforms.length === 0 ? [own] : request.platforms;
  return { ...options, environment, place, request, platforms, loaded, reading };
}

function refuse({ problems }: BuildRequest): void {
  if (problems.length > 0) {
    throw new UserError(problems.map(({ message }) => message).join("\n"));
  }
}

/** What a build needs of an opened spec. Rejects if the spec is wrong or has no such target. */
export async function buildContextOf(opened: OpenedSpec): Promise<BuildContext> {
  const { spec } = opened.reading;
  if (spec === undefined) {
    throw diagnosticsError(await diagnoseAll(opened));
  }
  return { ...opened, spec, target: targetOf(opened.request) };
}

function refuseUnusedContexts(
  { contexts, source }: BuildRequest,
  spec: Spec,
  paths: readonly NamedPackage[],
): void {
  const names = [
    ...baseNames(spec.base),
    projectContext,
    seedContext,
    ...paths.flatMap(dependencyContextNames),
  ];
  // The name of the frontend's own image concerns BuildKit, before it starts us.
  const known = new Set([...names, ...(source === undefined ? [] : [source])].map(contextName));
  for (const key of contexts.named.keys()) {
    const [name = ""] = key.split("::", 1);
    if (!known.has(name)) {
      const usable = names.map((each) => quote(contextName(each))).join(", ");
      throw new UserError(
        `--build-context ${name}: this build has nothing of that name; it can replace ${usable}`,
      );
    }
  }
}

/** Everything that is wrong with a wrong spec and, as far as the spec can be understood, with its project. */
export async function diagnoseAll(opened: OpenedSpec): Promise<readonly Diagnostic[]> {
  const { draft, diagnostics } = opened.reading;
  if (draft === undefined) {
    return diagnostics;
  }
  try {
    const [wanted = opened.platform] = opened.platforms;
    const project = await loadProject(draft, draft.julia?.version, { ...opened, wanted });
    return [...diagnostics, ...project.diagnostics];
  } catch {
    // The build fails for the spec; that the context cannot be had as well is not for now.
    return diagnostics;
  }
}

/** Reads the base image's configuration and the project, and plans the build for one platform. */
export async function preparePlan(
  context: BuildContext,
  platform: Platform,
): Promise<Reading<PreparedBuild>> {
  const { spec, request, environment, place, client } = context;
  const given = hasContext({ ...context, wanted: platform });
  const readProject = projectReader(spec, context, given);
  const [{ state, ...base }, seed, excludes] = await Promise.all([
    resolveBase(context, platform),
    loadSeed(spec, platform, { ...context, resolveMode: request.resolveMode }),
    excludesOf(context),
    readProject(spec.julia?.version),
  ]);
  const { value: project, diagnostics: ofProject } = await readProject(imageJulia(spec, base.config));
  const diagnostics = [...checkBase(spec, base.config), ...ofProject];
  if (project === undefined || hasErrors(diagnostics)) {
    return { diagnostics };
  }
  const paths = pathDependenciesOf(project);
  refuseUnusedContexts(request, spec, paths);
  const replacements = await openDependencyContexts(paths, platform, context);
  if (context.target === "test" && project.projectFile.name === undefined) {
    throw new UserError("the target test runs the tests of a package: Project.toml needs a name and a uuid");
  }
  const planned = makePlan({
    target: context.target,
    platform,
    spec,
    project,
    base,
    seed,
    labels: request.labels,
    excludes,
    dependencyContexts: new Map(replacements.map(({ uuid, context: name }) => [uuid, name])),
    cacheNamespace: request.cacheNamespace,
    runAgain: request.runAgain,
    runId: environment.sessionId,
  });
  const { stepDefaults } = request;
  const { supports } = client.llb;
  const encoded: EncodedVertices = new Map();
  const own = stackOf(inAnyRun(planned), { base: state }, stepDefaults);
  const plan = withStack(planned, {
    digest: stackDigest(own, base.config, { platform, supports, encoded }),
    seed: canTakeLayers(context) ? seed?.lowest && seed.config : undefined,
  });
  const { layers, problem } = plan.dependencies.seed ?? { problem: "none was named" };
  const named = new Map(replacements.map(({ context: name, files }) => [name, files]));
  const options = {
    place,
    base: state,
    seed: seed?.state,
    stack: layers === undefined ? undefined : seed?.lowest?.(layers),
    own: problem === undefined || request.runAgain.size > 0 ? undefined : own,
    encoded,
    named,
    stepDefaults,
    supports,
  };
  const definition = definitionOf(plan, options);
  return { value: { plan, definition }, diagnostics };
}

/**
 * BuildKit takes single layers of an image where it keeps images itself. Docker's classic store gives all of them whatever is
 * asked for; its worker has no label with the name of a snapshotter.
 */
function canTakeLayers({ environment, client }: BuildContext): boolean {
  const labels = environment.workers[0]?.labels ?? {};
  return (
    labels["org.mobyproject.buildkit.worker.snapshotter"] !== undefined &&
    client.llb.supports("source.image.layerlimit")
  );
}

function pathDependenciesOf({ resolved, unresolved }: LoadedProject): readonly NamedPackage[] {
  const entries = [...(resolved?.manifest.packages.values() ?? [])];
  return unresolved?.sources ?? entries.filter(({ source }) => source === "path");
}

function targetOf({ target = "app" }: BuildRequest): Target {
  const known = targets.find((name) => name === target);
  if (known === undefined) {
    throw new UserError(`there is no target ${target}; the targets are ${targets.join(", ")}`);
  }
  return known;
}

/** Asks for the base image's digest and configuration. Rejects with BuildKit's error and the line that names the image. */
export async function resolveBase(
  context: Pick<BuildContext, "spec" | "request"> & ContextOptions,
  platform: Platform,
): Promise<LoadedBase> {
  const { spec, request } = context;
  try {
    return await loadBase(spec.base, platform, { ...context, resolveMode: request.resolveMode });
  } catch (error) {
    throw withLocation(error, spec.file, spec.spans.get("base") ?? spec.spans.get("julia"));
  }
}

/** Neither the spec nor the files that say what to leave out belong into the image, nor does the project's history. */
async function excludesOf({ loaded, request }: BuildContext): Promise<readonly string[]> {
  const { filename } = request;
  return [...(await loaded.ignorePatterns), filename, `${filename}.dockerignore`, ".dockerignore", ".git"];
}
