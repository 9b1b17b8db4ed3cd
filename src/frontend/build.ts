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
import type { Platform } from "../buildkit/llb/index.ts";
import { readBuildRequest } from "../request/build-request.ts";
import { formatPlatform } from "../request/platforms.ts";
import { type BuildContext, buildContextOf, openSpec } from "./open-spec.ts";
import { type PreparedBuild, prepare } from "./prepare.ts";
import { refuseWithoutApt } from "./refuse-without-apt.ts";
import { toReturn, type Warn, warnOnce } from "./report.ts";
import { type BuiltImage, configOf, resultOf, timeOf } from "./result.ts";
import { sbomOf } from "./sbom/attach.ts";

/**
 * The whole story: options, spec, then for each platform base image, project, plan, LLB, result.
 *
 * Rejects with what the person who builds is to see.
 */
export async function build(
  client: GatewayClient,
  environment: FrontendEnvironment,
): Promise<FrontendResult> {
  try {
    const request = readBuildRequest(environment.options);
    const opened = await openSpec(client, environment, request);
    const context = await buildContextOf(opened);
    const warn = warnOnce(client, opened.loaded.vertex);
    await warn(opened.reading.diagnostics);
    const images = await Promise.all(
      context.platforms.map((platform) => buildPlatform(context, platform, warn)),
    );
    return resultOf(images, request);
  } catch (error) {
    throw toReturn(error);
  }
}

async function buildPlatform(context: BuildContext, platform: Platform, warn: Warn): Promise<BuiltImage> {
  const prepared = await prepare(context, platform);
  await warn(prepared.warnings);
  await refuseWithoutApt(context.client, context.spec, prepared);
  const reference = await solve(context, platform, prepared);
  const time = timeOf(context.request);
  const sbom = await sbomFor(context, prepared, reference);
  return { platform, reference, sbom, ...configOf(prepared, time) };
}

async function solve(
  { client, request, environment }: BuildContext,
  platform: Platform,
  { definition }: PreparedBuild,
): Promise<Reference> {
  const { cacheImports } = request;
  const advice = adviceFor(platform, environment.workers);
  try {
    return await client.solve({ definition, cacheImports, evaluate: advice !== undefined });
  } catch (error) {
    throw advice === undefined ? error : withAdvice(error, advice);
  }
}

async function sbomFor(
  { client, request }: BuildContext,
  { plan }: PreparedBuild,
  reference: Reference,
): Promise<Attestation | undefined> {
  if (!request.sbom || !client.gateway.supports("reference.attestations")) {
    return undefined;
  }
  const { platform, depotPath } = plan;
  const created = request.epoch === undefined ? new Date() : new Date(request.epoch * 1000);
  return sbomOf(reference, { client, platform, depotPath, name: formatPlatform(platform), created });
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
function withAdvice(error: unknown, advice: string): StatusError {
  const status = statusOf(error);
  return new StatusError({ ...status, message: `${status.message}\n${advice}` });
}
