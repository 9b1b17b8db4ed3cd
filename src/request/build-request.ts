import type { CacheImport } from "../buildkit/gateway/index.ts";
import type { Platform, ResolveMode } from "../buildkit/llb/index.ts";
import { printable, quote } from "../text/quote.ts";
import { readCacheImports } from "./cache-imports.ts";
import { type ContextRequest, readContextRequest } from "./context-request.ts";
import type { StepName } from "./no-cache.ts";
import { readNoCache } from "./no-cache.ts";
import { listOf, type OptionProblem, optionsWith } from "./option.ts";
import { parsePlatform } from "./platforms.ts";
import { readStepDefaults, type StepDefaults } from "./step-options.ts";

/** What the person who builds asked for on the command line, as far as a frontend learns of it. */
export interface BuildRequest {
  /** Path of the spec in the folder it is in. */
  readonly filename: string;
  readonly target: string | undefined;
  /** The platforms that were asked for; empty if none were, which stands for the builder's own. */
  readonly platforms: readonly Platform[];
  /** The result names its platforms even if there is one. */
  readonly multiPlatform: boolean;
  /** Build arguments for the spec; those that speak to the frontend itself are left out. */
  readonly buildArgs: ReadonlyMap<string, string>;
  /** Stands for the spec's own `# check=`; of the argument BUILDKIT_DOCKERFILE_CHECK, as for Dockerfiles. */
  readonly check: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  /** Steps that run whatever is cached. */
  readonly runAgain: ReadonlySet<StepName>;
  /** Where a base image is looked for. */
  readonly resolveMode: ResolveMode;
  readonly cacheImports: readonly CacheImport[];
  /** Prefix of cache mount ids that keeps the caches of tenants apart. */
  readonly cacheNamespace: string | undefined;
  /** Seconds since 1970 that stand for the time of the build (https://reproducible-builds.org/specs/source-date-epoch/). */
  readonly epoch: number | undefined;
  /** A list of what is in the image is to come with it, and no program was named that is to make it. */
  readonly sbom: boolean;
  readonly stepDefaults: StepDefaults;
  readonly contexts: ContextRequest;
  /** Name of the frontend image itself, if it is known. */
  readonly source: string | undefined;
  /** `--call`: what is asked instead of a build. */
  readonly requestId: string | undefined;
  /** What cannot be done as asked. */
  readonly problems: readonly OptionProblem[];
}

/** Options that need nothing from us: BuildKit or its client acts on them, or they say where the frontend came from. */
const handledElsewhere =
  /^(attest:.*|frontend\.caps|source|cmdline|vcs:.*|sharedkey:.*|build-arg:BUILDKIT_(SYNTAX|INLINE_CACHE|ATTEST_.*|SBOM_SCAN_.*|CONTEXT_KEEP_GIT_DIR|BUILDINFO.*))$/;

const understood =
  /^(filename|context|contextkey|contextsubdir|dockerfilekey|context:.*|input-metadata:.*|local-sessionid:.*|target|platform|multi-platform|no-cache|image-resolve-mode|cache-imports|cache-from|requestid|add-hosts|shm-size|ulimit|cgroup-parent|force-network-mode|hostname|memory|memswap|cpushares|cpuperiod|cpuquota|cpusetcpus|cpusetmems|label:.*|build-arg:.*)$/;

/** Reads the options that BuildKit hands to a frontend. An option that we do not support is a problem, never ignored. */
export function readBuildRequest(options: ReadonlyMap<string, string>): BuildRequest {
  const problems: OptionProblem[] = [];
  const { defaults, problems: stepProblems } = readStepDefaults(options);
  const buildArgs = optionsWith("build-arg:", options);
  for (const name of options.keys()) {
    if (!understood.test(name) && !handledElsewhere.test(name)) {
      problems.push({ option: name, message: unsupported(name) });
    }
  }
  const { epoch, problems: epochProblems } = readEpoch(buildArgs.get("SOURCE_DATE_EPOCH"));
  const { runAgain, problems: noCacheProblems } = readNoCache(options.get("no-cache"));
  const { platforms, problems: platformProblems } = readPlatforms(options.get("platform"));
  const { contexts, problems: contextProblems } = readContextRequest(options);
  const { imports, problems: cacheProblems } = readCacheImports(options);
  const multi = options.get("multi-platform") ?? buildArgs.get("BUILDKIT_MULTI_PLATFORM");
  return {
    filename: options.get("filename") ?? "Dockerfile",
    target: options.get("target") || undefined,
    platforms,
    multiPlatform: platforms.length > 1 || multi === "true" || multi === "1",
    buildArgs: new Map([...buildArgs].filter(([name]) => !isForFrontend(name))),
    check: buildArgs.get("BUILDKIT_DOCKERFILE_CHECK"),
    labels: optionsWith("label:", options),
    runAgain,
    resolveMode: resolveMode(options.get("image-resolve-mode")),
    cacheImports: imports,
    cacheNamespace: buildArgs.get("BUILDKIT_CACHE_MOUNT_NS") || undefined,
    epoch,
    sbom: asksForSbom(options.get("attest:sbom")),
    stepDefaults: defaults,
    contexts,
    source: options.get("source") || undefined,
    requestId: options.get("requestid"),
    problems: [
      ...problems,
      ...platformProblems,
      ...noCacheProblems,
      ...epochProblems,
      ...contextProblems,
      ...cacheProblems,
      ...stepProblems,
    ],
  };
}

function readPlatforms(text: string | undefined): {
  readonly platforms: readonly Platform[];
  readonly problems: readonly OptionProblem[];
} {
  const read = listOf(text).map((written) => ({ written, platform: parsePlatform(written) }));
  return {
    platforms: read.flatMap(({ platform }) => platform ?? []),
    problems: read
      .filter(({ platform }) => platform === undefined)
      .map(({ written }) => ({
        option: "platform",
        message: `--platform ${quote(written)} is not of the form os/architecture`,
      })),
  };
}

/** Seconds since 1970; dates of the year 9999 and later are not written in four digits. */
const lastEpoch = 253_402_300_799;

function readEpoch(text: string | undefined): {
  readonly epoch: number | undefined;
  readonly problems: readonly OptionProblem[];
} {
  if (text === undefined || text === "") {
    return { epoch: undefined, problems: [] };
  }
  const epoch = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  if (epoch <= lastEpoch) {
    return { epoch, problems: [] };
  }
  const message = `SOURCE_DATE_EPOCH: ${quote(text)} is not a number of seconds since 1970`;
  return { epoch: undefined, problems: [{ option: "build-arg:SOURCE_DATE_EPOCH", message }] };
}

/** `--sbom=true`, or `--attest type=sbom`; with `generator=` BuildKit runs that image itself. */
function asksForSbom(parameters: string | undefined): boolean {
  return parameters !== undefined && !/(^|,)generator=/.test(parameters);
}

function isForFrontend(name: string): boolean {
  return (
    name === "SOURCE_DATE_EPOCH" ||
    name.startsWith("BUILDKIT_") ||
    /^(http|https|ftp|no|all)_proxy$/i.test(name)
  );
}

function unsupported(name: string): string {
  return `the build option ${printable(name)} is not supported by this version`;
}

function resolveMode(text: string | undefined): ResolveMode {
  return text === "pull" || text === "local" ? text : "default";
}
