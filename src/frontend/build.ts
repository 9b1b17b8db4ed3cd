import {
  type Attestation,
  type FrontendEnvironment,
  type FrontendResult,
  type GatewayClient,
  type Reference,
  StatusError,
  statusOf,
  type Worker,
} from "../buildkit/gateway/index.ts";
import { graphOf } from "../buildkit/llb/graph.ts";
import type { Definition, Platform } from "../buildkit/llb/index.ts";
import type { ImageConfig } from "../plan/image-config.ts";
import type { Plan } from "../plan/plan.ts";
import { type BuildRequest, readBuildRequest } from "../request/build-request.ts";
import { formatPlatform } from "../request/platforms.ts";
import { imageHistory } from "./image-history.ts";
import { type BuildContext, buildContextOf, openSpec, type PreparedBuild, preparePlan } from "./prepare.ts";
import { diagnosticsError, type Warn, warnOnce } from "./report.ts";
import { sbomOf } from "./sbom/attach.ts";

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
  const opened = await openSpec(client, environment, request);
  const context = await buildContextOf(opened);
  const warn = warnOnce(client, opened.loaded.vertex);
  await warn(opened.reading.diagnostics);
  const images = await Promise.all(
    context.platforms.map((platform) => buildPlatform(context, platform, warn)),
  );
  return resultOf(images, request);
}

interface BuiltImage {
  readonly platform: Platform;
  readonly reference: Reference;
  readonly config: ImageConfig;
  /** The base image's, if the image has its layers. */
  readonly base: ImageConfig | undefined;
  readonly sbom: Attestation | undefined;
}

async function buildPlatform(context: BuildContext, platform: Platform, warn: Warn): Promise<BuiltImage> {
  const { client, request } = context;
  const { plan, definition } = await prepare(context, platform, warn);
  const { cacheImports } = request;
  const advice = adviceFor(platform, context.environment.workers);
  const evaluate = advice !== undefined;
  const reference = await client
    .solve({ definition, cacheImports, evaluate })
    .catch((error: unknown) => withAdvice(error, advice));
  const created = request.epoch === undefined ? new Date() : new Date(request.epoch * 1000);
  const time = request.epoch === undefined ? undefined : created.toISOString();
  const name = formatPlatform(platform);
  const { depotPath } = plan;
  const sbom =
    request.sbom && client.gateway.supports("reference.attestations")
      ? await sbomOf(reference, { client, platform, depotPath, name, created })
      : undefined;
  return {
    platform,
    reference,
    config: { ...plan.image, ...(time && { created: time }), ...historyOf(plan, definition, time) },
    base: hasBaseLayers(plan) ? lowestConfig(plan) : undefined,
    sbom,
  };
}

/** Processors run programs of these others without help, and builders do not always list them. */
const alsoRuns: Readonly<Record<string, string>> = { "386": "amd64", arm: "arm64" };

/** What to tell when a build for a platform fails that the builder does not list; it may have an emulator all the same. */
function adviceFor(platform: Platform, workers: readonly Worker[]): string | undefined {
  const listed = workers.flatMap(({ platforms }) => platforms);
  const architectures = [platform.architecture, alsoRuns[platform.architecture]];
  if (listed.length === 0 || listed.some(({ architecture }) => architectures.includes(architecture))) {
    return undefined;
  }
  const list = [...new Set(listed.map(({ os, architecture }) => `${os}/${architecture}`))].join(", ");
  return `Julia has to run to compile, and this builder lists ${list} only: for ${formatPlatform(platform)} add a builder of that platform (docker buildx create --append) or an emulator`;
}

/** An error of BuildKit with one more line; its details stay. */
function withAdvice(error: unknown, advice: string | undefined): never {
  if (advice === undefined) {
    throw error;
  }
  const status = statusOf(error);
  throw new StatusError({ ...status, message: `${status.message}\n${advice}` });
}

/** The exporter tells by it which layers are not ours, and leaves their times alone. */
function hasBaseLayers({ target, base }: Plan): boolean {
  return (target === "app" || target === "deps") && base.config.rootfs !== undefined;
}

/** Of the image whose layers are the lowest. */
function lowestConfig({ stack, base }: Plan): ImageConfig {
  return stack ?? base.config;
}

function historyOf(plan: Plan, definition: Definition, time: string | undefined): Partial<ImageConfig> {
  const history = hasBaseLayers(plan)
    ? imageHistory(lowestConfig(plan), graphOf(definition), time)
    : undefined;
  return history === undefined ? {} : { history };
}

async function prepare(context: BuildContext, platform: Platform, warn: Warn): Promise<PreparedBuild> {
  const { value: prepared, diagnostics } = await preparePlan(context, platform);
  if (prepared === undefined) {
    throw diagnosticsError(diagnostics);
  }
  await warn(diagnostics);
  return prepared;
}

function resultOf(images: readonly BuiltImage[], { multiPlatform, epoch }: BuildRequest): FrontendResult {
  const entries = images.map(({ platform, ...image }) => ({
    id: formatPlatform(platform),
    platform,
    ...image,
  }));
  const attestations = new Map(entries.map(({ id, sbom }) => [id, sbom === undefined ? [] : [sbom]]));
  const metadata = new Map([
    [
      "refs.platforms",
      JSON.stringify({ Platforms: entries.map(({ id, platform }) => ({ ID: id, Platform: platform })) }),
    ],
  ]);
  if (epoch !== undefined) {
    metadata.set("source.date.epoch", String(epoch));
  }
  const [only] = entries;
  if (!multiPlatform && only !== undefined) {
    setConfigs(metadata, only, "");
    return { reference: only.reference, metadata, attestations };
  }
  for (const image of entries) {
    setConfigs(metadata, image, `/${image.id}`);
  }
  return { references: new Map(entries.map(({ id, reference }) => [id, reference])), metadata, attestations };
}

function setConfigs(
  metadata: Map<string, string>,
  { config, base }: Pick<BuiltImage, "config" | "base">,
  suffix: string,
): void {
  metadata.set(`containerimage.config${suffix}`, JSON.stringify(config));
  if (base !== undefined) {
    metadata.set(`containerimage.base.config${suffix}`, JSON.stringify(base));
  }
}
