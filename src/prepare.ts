import { loadProject } from "./context/load-project.ts";
import { type LoadedSpec, type LoadOptions, loadSpec } from "./context/load-spec.ts";
import { type Diagnostic, hasErrors } from "./diagnostics/diagnostic.ts";
import type { Reading } from "./diagnostics/reading.ts";
import type { FrontendEnvironment, GatewayClient } from "./gateway/index.ts";
import type { Platform } from "./llb/index.ts";
import type { ImageConfig } from "./plan/image-config.ts";
import { imageJulia } from "./plan/image-julia.ts";
import { makePlan, type ResolvedBase } from "./plan/make-plan.ts";
import { type Plan, type Target, targets } from "./plan/plan.ts";
import { diagnosticsError, withLocation } from "./report.ts";
import type { BuildRequest } from "./request/build-request.ts";
import { readSpec, type SpecReading } from "./spec/read-spec.ts";
import type { Spec } from "./spec/spec.ts";

/** What was asked for and the spec, right or wrong. */
export interface OpenedSpec extends LoadOptions {
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

/** Loads and reads the spec. Rejects if there is none, or if something was asked that cannot be done. */
export async function openSpec(
  client: GatewayClient,
  environment: FrontendEnvironment,
  request: BuildRequest,
): Promise<OpenedSpec> {
  refuse(request);
  const own = environment.workers[0]?.platforms[0] ?? { os: "linux", architecture: "amd64" };
  const options: LoadOptions = { client, session: environment.sessionId, platform: own };
  const loaded = await loadSpec(request.filename, options);
  if ("rule" in loaded) {
    throw diagnosticsError([loaded]);
  }
  const reading = readSpec(loaded.file, request.buildArgs, request.check);
  const platforms = request.platforms.length === 0 ? [own] : request.platforms;
  return { ...options, request, platforms, loaded, reading };
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
  return { ...opened, spec, target: targetOf(opened.request) };
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
export async function preparePlan(context: BuildContext, platform: Platform): Promise<Reading<Plan>> {
  const { spec, request, session } = context;
  const base = await resolveBase(context, platform);
  const { value: project, diagnostics } = await loadProject(spec, imageJulia(spec, base.config), context);
  if (project === undefined || hasErrors(diagnostics)) {
    return { diagnostics };
  }
  const plan = makePlan({
    target: context.target,
    platform,
    spec,
    project,
    base,
    labels: request.labels,
    excludes: excludesOf(context),
    cacheNamespace: request.cacheNamespace,
    runId: request.noCache ? session : undefined,
  });
  return { value: plan, diagnostics };
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
  { client, spec, request }: Pick<BuildContext, "client" | "spec" | "request">,
  platform: Platform,
): Promise<ResolvedBase> {
  try {
    const { digest, config } = await client.resolveImage({
      reference: spec.base,
      platform,
      resolveMode: request.resolveMode,
      logName: `[internal] load metadata for ${spec.base}`,
    });
    return { digest, config: JSON.parse(new TextDecoder().decode(config)) as ImageConfig };
  } catch (error) {
    throw withLocation(error, spec.file, spec.spans.get("base") ?? spec.spans.get("julia"));
  }
}

/** Neither the spec nor the files that say what to leave out belong into the image, nor does the project's history. */
function excludesOf({ loaded, request }: BuildContext): readonly string[] {
  const { filename } = request;
  return [...loaded.ignorePatterns, filename, `${filename}.dockerignore`, ".dockerignore", ".git"];
}
