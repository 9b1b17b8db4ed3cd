import type { Platform } from "../llb/index.ts";

/** What BuildKit tells a frontend's process through its environment. */
export interface FrontendEnvironment {
  /** The request's options, as `filename`, `target` and `build-arg:NAME`; sorted by name. */
  readonly options: ReadonlyMap<string, string>;
  /** Session of the client that builds, for local sources. */
  readonly sessionId: string;
  /** The first one's first platform is the default to build for. */
  readonly workers: readonly Worker[];
}

export interface Worker {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly platforms: readonly Platform[];
}

type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Reads BUILDKIT_FRONTEND_OPT_<n>=<name>=<value>, BUILDKIT_SESSION_ID and
 * BUILDKIT_WORKERS. BuildKit numbers the options in random order.
 * Throws if BUILDKIT_WORKERS is not the JSON it should be.
 */
export function readEnvironment(env: ProcessEnvironment): FrontendEnvironment {
  return {
    options: readOptions(env),
    sessionId: env.BUILDKIT_SESSION_ID ?? "",
    workers: readWorkers(env.BUILDKIT_WORKERS),
  };
}

/** The options alone; they can be read whatever else is wrong. */
export function readOptions(env: ProcessEnvironment): FrontendEnvironment["options"] {
  const options = Object.entries(env)
    .filter(([name]) => /^BUILDKIT_FRONTEND_OPT_\d+$/.test(name))
    .map(([, text]) => splitAtEquals(text ?? ""))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return new Map(options);
}

/** Values may hold `=` and line ends, names do not. */
function splitAtEquals(text: string): readonly [name: string, value: string] {
  const equals = text.indexOf("=");
  return equals === -1 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
}

function readWorkers(text: string | undefined): readonly Worker[] {
  if (text === undefined || text === "") return [];
  const workers = parseJson(text);
  if (!Array.isArray(workers)) throw new Error("BUILDKIT_WORKERS is not a JSON array");
  return workers.map((worker) => ({
    id: String(worker?.id ?? ""),
    labels: worker?.labels ?? {},
    platforms: (worker?.platforms ?? []).map(readPlatform),
  }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readPlatform(json: Record<string, unknown>): Platform {
  const text = (name: string) =>
    typeof json[name] === "string" && json[name] !== "" ? json[name] : undefined;
  return {
    os: text("os") ?? "",
    architecture: text("architecture") ?? "",
    variant: text("variant"),
    osVersion: text("os.version"),
  };
}
