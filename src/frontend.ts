import type { FrontendEnvironment, FrontendResult, GatewayClient, Reference } from "./gateway/index.ts";
import type { Platform } from "./llb/index.ts";
import type { ImageConfig } from "./plan/image-config.ts";
import { type BuildContext, buildContextOf, openSpec, type PreparedBuild, preparePlan } from "./prepare.ts";
import { diagnosticsError, sendWarnings } from "./report.ts";
import { readBuildRequest } from "./request/build-request.ts";
import { formatPlatform } from "./request/platforms.ts";

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
  const images = await Promise.all(context.platforms.map((platform) => buildPlatform(context, platform)));
  return resultOf(images, request.multiPlatform);
}

interface BuiltImage {
  readonly platform: Platform;
  readonly reference: Reference;
  readonly config: ImageConfig;
}

async function buildPlatform(context: BuildContext, platform: Platform): Promise<BuiltImage> {
  const { client, request } = context;
  const { plan, definition } = await prepare(context, platform);
  const { cacheImports } = request;
  const reference = await client.solve({ definition, cacheImports });
  return { platform, reference, config: plan.image };
}

async function prepare(context: BuildContext, platform: Platform): Promise<PreparedBuild> {
  const { value: prepared, diagnostics } = await preparePlan(context, platform);
  if (prepared === undefined) {
    throw diagnosticsError(diagnostics);
  }
  await sendWarnings(context.client, context.loaded.vertex, diagnostics);
  return prepared;
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
