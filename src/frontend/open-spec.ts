import { readSpec, type SpecReading } from "../buildfile/read-spec.ts";
import type { Spec } from "../buildfile/spec.ts";
import type { FrontendEnvironment, GatewayClient } from "../buildkit/gateway/index.ts";
import type { Platform } from "../buildkit/llb/index.ts";
import { loadProject } from "../engine/load-project.ts";
import { type LoadedSpec, type LoadOptions, loadSpec } from "../engine/load-spec.ts";
import { type ContextOptions, mainContexts } from "../engine/main-contexts.ts";
import { findContext, openFiles } from "../engine/named-context.ts";
import type { BuildRequest } from "../request/build-request.ts";
import { defaultTarget, findTarget, type Target, targetNames } from "../request/targets.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { UserError } from "../text/user-error.ts";
import { diagnosticsError } from "./report.ts";

/** What was asked for and the spec, right or wrong. */
export interface OpenedSpec extends LoadOptions, ContextOptions {
  readonly environment: FrontendEnvironment;
  readonly request: BuildRequest;
  readonly target: Target;
  /** Never empty. */
  readonly platforms: readonly Platform[];
  readonly loaded: LoadedSpec;
  readonly reading: SpecReading;
}

/** What one build works with, the same for all of its platforms. */
export interface BuildContext extends OpenedSpec {
  readonly spec: Spec;
}

/** `--build-context project=…` takes the place of the build context, for everything but the spec. */
export const projectContext = "project";

/** Loads and reads the spec. Rejects if there is none, or if something was asked that cannot be done. */
export async function openSpec(
  client: GatewayClient,
  environment: FrontendEnvironment,
  request: BuildRequest,
): Promise<OpenedSpec> {
  refuse(request);
  const target = targetOf(request);
  const own = environment.workers[0]?.platforms[0] ?? { os: "linux", architecture: "amd64" };
  const options: ContextOptions = { client, environment, platform: own, contexts: request.contexts };
  const main = await mainContexts(request.filename, options);
  const project = findContext(request.contexts, [projectContext], own);
  const place = project === undefined ? main.project : await openFiles(project, options);
  const loaded = await loadSpec(main.spec, main.filename, { ...options, place });
  if ("rule" in loaded) {
    throw diagnosticsError([loaded]);
  }
  const reading = readSpec(loaded.file, request.buildArgs, request.check);
  const platforms = request.platforms.length === 0 ? [own] : request.platforms;
  return { ...options, environment, place, request, target, platforms, loaded, reading };
}

function refuse({ problems }: BuildRequest): void {
  if (problems.length > 0) {
    throw new UserError(problems.map(({ message }) => message).join("\n"));
  }
}

function targetOf({ target: name }: BuildRequest): Target {
  const target = name === undefined ? defaultTarget : findTarget(name);
  if (target === undefined) {
    throw new UserError(`there is no target ${name}; the targets are ${targetNames.join(", ")}`);
  }
  return target;
}

/** What a build needs of an opened spec. Rejects if the spec is wrong. */
export async function buildContextOf(opened: OpenedSpec): Promise<BuildContext> {
  const { spec } = opened.reading;
  if (spec === undefined) {
    throw diagnosticsError(await diagnoseAll(opened));
  }
  return { ...opened, spec };
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
