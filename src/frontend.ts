import { loadProject } from "./context/load-project.ts";
import { type LoadedSpec, type LoadOptions, loadSpec } from "./context/load-spec.ts";
import { contextSource } from "./context/local-sources.ts";
import { hasErrors } from "./diagnostics/diagnostic.ts";
import {
  type FrontendEnvironment,
  type FrontendResult,
  type GatewayClient,
  type Reference,
  StatusCode,
  StatusError,
  subrequestDetail,
} from "./gateway/index.ts";
import { marshal, type Platform } from "./llb/index.ts";
import { lower } from "./lower/lower.ts";
import { environmentOf, type ImageConfig } from "./plan/image-config.ts";
import { makePlan, type ResolvedBase } from "./plan/make-plan.ts";
import { type Plan, type Target, targets } from "./plan/plan.ts";
import type { LoadedProject } from "./project/loaded-project.ts";
import { diagnosticsError, sendWarnings, withLocation } from "./report.ts";
import { type BuildRequest, readBuildRequest } from "./request/build-request.ts";
import { formatPlatform } from "./request/platforms.ts";
import { type JuliaVersion, parseJuliaVersion } from "./spec/julia-version.ts";
import { readSpec } from "./spec/read-spec.ts";
import type { Spec } from "./spec/spec.ts";

/** What one build works with, the same for all of its platforms. */
interface BuildContext extends LoadOptions {
  readonly request: BuildRequest;
  readonly target: Target;
  readonly loaded: LoadedSpec;
  readonly spec: Spec;
}

/**
 * The whole story: options, spec, then for each platform base image, project, plan, LLB, result.
 *
 * Throws a StatusError with what the person who builds is to see.
 */
export async function build(
  client: GatewayClient,
  environment: FrontendEnvironment,
): Promise<FrontendResult> {
  const request = readBuildRequest(environment.options);
  refuse(request);
  const own = environment.workers[0]?.platforms[0] ?? { os: "linux", architecture: "amd64" };
  const options: LoadOptions = { client, session: environment.sessionId, platform: own };
  const loaded = await loadSpec(request.filename, options);
  if ("rule" in loaded) {
    throw diagnosticsError([loaded]);
  }
  const { spec, diagnostics } = readSpec(loaded.file, request.buildArgs);
  if (spec === undefined) {
    throw diagnosticsError(diagnostics);
  }
  await sendWarnings(client, loaded.vertex, diagnostics);
  const context = { ...options, request, target: targetOf(request), loaded, spec };
  const platforms = request.platforms.length === 0 ? [own] : request.platforms;
  const images = await Promise.all(platforms.map((platform) => buildPlatform(context, platform)));
  return resultOf(images, request.multiPlatform);
}

interface BuiltImage {
  readonly platform: Platform;
  readonly reference: Reference;
  readonly config: ImageConfig;
}

async function buildPlatform(context: BuildContext, platform: Platform): Promise<BuiltImage> {
  const { client, request, session } = context;
  const base = await resolveBase(context, platform);
  const project = await readProjectOf(context, base);
  const plan = makePlan({
    target: context.target,
    platform,
    spec: context.spec,
    project,
    base,
    labels: request.labels,
    excludes: excludesOf(context),
    cacheNamespace: request.cacheNamespace,
    runId: request.noCache ? session : undefined,
  });
  const sources = contextSource({ session, includes: includesOf(plan), excludes: plan.application.excludes });
  const output = lower(plan, { context: sources }, request.stepDefaults);
  const definition = marshal(output, { platform, supports: client.llb.supports });
  const reference = await client.solve({ definition, cacheImports: request.cacheImports });
  return { platform, reference, config: plan.image };
}

function refuse(request: BuildRequest): void {
  if (request.requestId !== undefined) {
    throw new StatusError({
      code: StatusCode.unknown,
      message: `unsupported request ${request.requestId}`,
      details: [subrequestDetail(request.requestId)],
    });
  }
  if (request.problems.length > 0) {
    throw new Error(request.problems.map(({ message }) => message).join("\n"));
  }
}

function targetOf({ target = "app" }: BuildRequest): Target {
  const known = targets.find((name) => name === target);
  if (known === undefined) {
    throw new Error(`there is no target ${target}; the targets are ${targets.join(", ")}`);
  }
  return known;
}

async function resolveBase(context: BuildContext, platform: Platform): Promise<ResolvedBase> {
  const { client, spec, request } = context;
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

async function readProjectOf(context: BuildContext, base: ResolvedBase): Promise<LoadedProject> {
  const { value, diagnostics } = await loadProject(context.spec, juliaOf(context.spec, base), context);
  if (value === undefined || hasErrors(diagnostics)) {
    throw diagnosticsError(diagnostics);
  }
  await sendWarnings(context.client, context.loaded.vertex, diagnostics);
  return value;
}

/** The official images name their Julia in full; the spec may name only the minor version. */
function juliaOf(spec: Spec, base: ResolvedBase): JuliaVersion | undefined {
  const named = environmentOf(base.config).get("JULIA_VERSION");
  return (named === undefined ? undefined : parseJuliaVersion(named)) ?? spec.julia?.version;
}

/** Neither the spec nor the files that say what to leave out belong into the image, nor does the project's history. */
function excludesOf({ loaded, request }: BuildContext): readonly string[] {
  const { filename } = request;
  return [...loaded.ignorePatterns, filename, `${filename}.dockerignore`, ".dockerignore", ".git"];
}

function includesOf({ application: { folders, files } }: Plan): readonly string[] {
  const paths = [...folders, ...files].map(({ from }) => from);
  return paths.includes(".") ? [] : paths;
}

function resultOf(images: readonly BuiltImage[], multiPlatform: boolean): FrontendResult {
  const entries = images.map(({ platform, ...image }) => ({
    id: formatPlatform(platform),
    platform,
    ...image,
  }));
  const metadata = new Map([
    [
      "refs.platforms",
      JSON.stringify({ Platforms: entries.map(({ id, platform }) => ({ ID: id, Platform: platform })) }),
    ],
  ]);
  const [only] = entries;
  if (!multiPlatform && only !== undefined) {
    metadata.set("containerimage.config", JSON.stringify(only.config));
    return { reference: only.reference, metadata };
  }
  for (const { id, config } of entries) {
    metadata.set(`containerimage.config/${id}`, JSON.stringify(config));
  }
  return { references: new Map(entries.map(({ id, reference }) => [id, reference])), metadata };
}
