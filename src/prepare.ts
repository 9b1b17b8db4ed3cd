import { type ContextOptions, mainContexts } from "./context/contexts.ts";
import { baseNames, type LoadedBase, loadBase } from "./context/load-base.ts";
import { loadProject, loadProjectTexts } from "./context/load-project.ts";
import { type LoadedSpec, type LoadOptions, loadSpec } from "./context/load-spec.ts";
import { findContext, openNamedContext } from "./context/named-context.ts";
import { readProjectTexts } from "./context/read-project-texts.ts";
import { definitionOf } from "./definition.ts";
import { type Diagnostic, hasErrors } from "./diagnostics/diagnostic.ts";
import { quote } from "./diagnostics/quote.ts";
import type { Reading } from "./diagnostics/reading.ts";
import type { FrontendEnvironment, GatewayClient } from "./gateway/index.ts";
import type { Definition, Platform } from "./llb/index.ts";
import { imageJulia } from "./plan/image-julia.ts";
import { makePlan } from "./plan/make-plan.ts";
import { type Plan, type Target, targets } from "./plan/plan.ts";
import { diagnosticsError, withLocation } from "./report.ts";
import type { BuildRequest } from "./request/build-request.ts";
import { contextName } from "./request/contexts.ts";
import { readSpec, type SpecReading } from "./spec/read-spec.ts";
import type { Spec } from "./spec/spec.ts";

/** What was asked for and the spec, right or wrong. */
export interface OpenedSpec extends LoadOptions, ContextOptions {
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
    throw new Error(`--build-context ${projectContext}: has to be files, not an image`);
  }
  const place = context?.place ?? main.project;
  const loaded = await loadSpec(main.spec, main.filename, { ...options, place });
  if ("rule" in loaded) {
    throw diagnosticsError([loaded]);
  }
  const reading = readSpec(loaded.file, request.buildArgs, request.check);
  const platforms = request.platforms.length === 0 ? [own] : request.platforms;
  return { ...options, place, request, platforms, loaded, reading };
}

function refuse({ problems }: BuildRequest): void {
  if (problems.length > 0) {
    throw new Error(problems.map(({ message }) => message).join("\n"));
  }
}

/** What a build needs of an opened spec. Rejects if the spec is wrong or has no such target. */
export async function buildContextOf(opened: OpenedSpec): Promise<BuildContext> {
  const { spec } = opened.reading;
  if (spec === undefined) {
    throw diagnosticsError(await diagnoseAll(opened));
  }
  refuseUnusedContexts(opened.request, spec);
  return { ...opened, spec, target: targetOf(opened.request) };
}

function refuseUnusedContexts({ contexts, source }: BuildRequest, spec: Spec): void {
  // The name of the frontend's own image concerns BuildKit, before it starts us.
  const names = [...baseNames(spec.base), projectContext];
  const known = new Set([...names, ...(source === undefined ? [] : [source])].map(contextName));
  for (const key of contexts.named.keys()) {
    const [name = ""] = key.split("::", 1);
    if (!known.has(name)) {
      const usable = names.map((each) => quote(contextName(each))).join(", ");
      throw new Error(
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
    const project = await loadProject(draft, draft.julia?.version, opened);
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
  const [{ state, ...base }, texts, excludes] = await Promise.all([
    resolveBase(context, platform),
    loadProjectTexts(spec, context),
    excludesOf(context),
  ]);
  const { value: project, diagnostics } = readProjectTexts(spec, texts, imageJulia(spec, base.config));
  if (project === undefined || hasErrors(diagnostics)) {
    return { diagnostics };
  }
  if (context.target === "test" && project.projectFile.name === undefined) {
    throw new Error("the target test runs the tests of a package: Project.toml needs a name and a uuid");
  }
  const plan = makePlan({
    target: context.target,
    platform,
    spec,
    project,
    base,
    labels: request.labels,
    excludes,
    cacheNamespace: request.cacheNamespace,
    runAgain: request.runAgain,
    runId: environment.sessionId,
  });
  const { stepDefaults } = request;
  const definition = definitionOf(plan, { place, base: state, stepDefaults, supports: client.llb.supports });
  return { value: { plan, definition }, diagnostics };
}

function targetOf({ target = "app" }: BuildRequest): Target {
  const known = targets.find((name) => name === target);
  if (known === undefined) {
    throw new Error(`there is no target ${target}; the targets are ${targets.join(", ")}`);
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
