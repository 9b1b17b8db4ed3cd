import type {
  Attestation,
  FrontendEnvironment,
  FrontendResult,
  GatewayClient,
  Reference,
  Worker,
} from "./gateway/index.ts";
import type { Platform } from "./llb/index.ts";
import type { ImageConfig } from "./plan/image-config.ts";
import type { Plan } from "./plan/plan.ts";
import { type BuildContext, buildContextOf, openSpec, type PreparedBuild, preparePlan } from "./prepare.ts";
import { diagnosticsError, sendWarnings } from "./report.ts";
import { type BuildRequest, readBuildRequest } from "./request/build-request.ts";
import { formatPlatform } from "./request/platforms.ts";
import { sbomOf } from "./sbom/attach.ts";

/**
 * The whole story: options, spec, then for each platform base image, project, plan, LLB, result.
 * A request other than a build (`--call`) is answered instead.
 *
 * Throws a StatusError with what the person who builds is to see.
 */
export async function build(
  client: GatewayClient,
  environment: FrontendEnvironment,
): Promise<FrontendResult> {
  const request = readBuildRequest(environment.options);
  if (request.requestId !== undefined) {
    const { answerRequest } = await import("./requests/answer-request.ts");
    return answerRequest(request.requestId, { client, environment, request });
  }
  const opened = await openSpec(client, environment, request);
  const context = await buildContextOf(opened);
  await sendWarnings(client, opened.loaded.vertex, opened.reading.diagnostics);
  const images = await Promise.all(
    context.platforms.map((platform) =>
      buildPlatform({ ...context, workers: environment.workers }, platform),
    ),
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

async function buildPlatform(
  context: BuildContext & Pick<FrontendEnvironment, "workers">,
  platform: Platform,
): Promise<BuiltImage> {
  const { client, request } = context;
  refuseToRun(platform, context.workers);
  const { plan, definition } = await prepare(context, platform);
  const { cacheImports } = request;
  const reference = await client.solve({ definition, cacheImports });
  const created = request.epoch === undefined ? new Date() : new Date(request.epoch * 1000);
  const name = formatPlatform(platform);
  const { depotPath } = plan;
  const sbom =
    request.sbom && client.gateway.supports("reference.attestations")
      ? await sbomOf(reference, { client, platform, depotPath, name, created })
      : undefined;
  return {
    platform,
    reference,
    config: request.epoch === undefined ? plan.image : { ...plan.image, created: created.toISOString() },
    base: hasBaseLayers(plan) ? plan.base.config : undefined,
    sbom,
  };
}

/** Julia has to run to compile. Without this, the first command would fail with "exec format error". */
function refuseToRun(platform: Platform, workers: readonly Worker[]): void {
  const runnable = workers.flatMap(({ platforms }) => platforms);
  const isSame = ({ os, architecture }: Platform) =>
    os === platform.os && architecture === platform.architecture;
  if (runnable.length > 0 && !runnable.some(isSame)) {
    const list = [...new Set(runnable.map(({ os, architecture }) => `${os}/${architecture}`))].join(", ");
    throw new Error(
      `this builder cannot run programs for ${formatPlatform(platform)}, and Julia has to run to compile; it runs ${list}. Add a builder of that platform (docker buildx create --append), or an emulator`,
    );
  }
}

/** The exporter tells by it which layers are not ours, and leaves their times alone. */
function hasBaseLayers({ target, base }: Plan): boolean {
  return (target === "app" || target === "deps") && base.config.rootfs !== undefined;
}

async function prepare(context: BuildContext, platform: Platform): Promise<PreparedBuild> {
  const { value: prepared, diagnostics } = await preparePlan(context, platform);
  if (prepared === undefined) {
    throw diagnosticsError(diagnostics);
  }
  await sendWarnings(context.client, context.loaded.vertex, diagnostics);
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
