import type { DockerStage, DockerVariables } from "./dockerfile.ts";
import { asSpecText, expandVariables } from "./expand-variables.ts";
import { type Finding, leftOver, needless, type Offer, type OfferedValue } from "./finding.ts";

/** The key of the spec that says what a variable says, and how it is written there. */
interface VariableKey {
  readonly at: readonly string[];
  readonly read?: (value: string) => OfferedValue;
}

const isTrue = (value: string) => !["", "0", "false", "no", "n", "f"].includes(value.toLowerCase());

/** Julia's own variables (Julia manual, "Environment Variables"; Pkg manual). */
const juliaKeys: ReadonlyMap<string, VariableKey> = new Map<string, VariableKey>([
  ["JULIA_NUM_THREADS", { at: ["run", "threads"] }],
  ["JULIA_NUM_GC_THREADS", { at: ["run", "gc-threads"] }],
  ["JULIA_HEAP_SIZE_HINT", { at: ["run", "heap-size-hint"] }],
  ["JULIA_CPU_TARGET", { at: ["precompile", "cpu-target"] }],
  ["JULIA_NUM_PRECOMPILE_TASKS", { at: ["precompile", "tasks"], read: Number }],
  ["JULIA_PKG_SERVER", { at: ["pkg", "server"] }],
  ["JULIA_PKG_SERVER_REGISTRY_PREFERENCE", { at: ["pkg", "registry-preference"] }],
  ["JULIA_PKG_USE_CLI_GIT", { at: ["pkg", "use-cli-git"], read: isTrue }],
  ["JULIA_PKG_OFFLINE", { at: ["pkg", "offline"], read: isTrue }],
]);

/** Variables that an image of the frontend needs not. */
const needlessVariables: ReadonlyMap<string, string> = new Map([
  ["JULIA_PROJECT", "it is set for you"],
  ["JULIA_LOAD_PATH", "the project's environment and the standard libraries are on it"],
  ["DEBIAN_FRONTEND", "it is set while packages are installed"],
  ["JULIA_VERSION", "`julia` or `base` says it"],
  ["JULIA_PATH", "the base image says it"],
  ["JULIA_PKG_PRECOMPILE_AUTO", "the build precompiles once, after all is installed"],
  ["JULIA_PKG_DEVDIR", "packages under development are path dependencies of the manifest"],
]);

/** A variable, where it is set, and for how long. */
export interface SetVariable {
  readonly name: string;
  readonly value: string;
  readonly line: number;
  readonly variables: DockerVariables;
  /** Whether it is there while building alone. */
  readonly isOfBuild: boolean;
}

/** The ENV of the image. */
export function imageVariables(stages: readonly DockerStage[]): readonly Finding[] {
  return environment(stages, false).map(translateVariable);
}

/** The ENV of stages that files are copied from: what of it is about Julia concerns the build here. */
export function buildVariables(stages: readonly DockerStage[]): readonly Finding[] {
  return environment(stages, true).map(translateVariable);
}

function environment(stages: readonly DockerStage[], isOfBuild: boolean): readonly SetVariable[] {
  const instructions = stages.flatMap((stage) => stage.instructions);
  return instructions
    .filter(({ keyword }) => keyword === "ENV")
    .flatMap(({ properties, line, variables }) =>
      properties.map(({ name, value = "" }) => ({ name, value, line, variables, isOfBuild })),
    );
}

export function translateVariable({ name, value, line, variables, isOfBuild }: SetVariable): Finding {
  const what = `ENV ${name}`;
  const { spec, plain, args, unknown } = expandVariables(value, variables);
  const why = needlessVariables.get(name);
  if (why !== undefined) return needless(line, what, why);
  if (name === "JULIA_DEPOT_PATH") return depotFinding(line, plain);
  const key = juliaKeys.get(name);
  if (key === undefined && isOfBuild) return leftOver(line, what, ofBuildAlone);
  if (unknown.length > 0) {
    const todo = `the value of ${unknown.join(", ")} is not in the Dockerfile: write the whole value under [env] if it is still needed`;
    return leftOver(line, what, todo);
  }
  const variable: Offer = { kind: "offer", at: ["env", name], value: spec, args, line, why: what };
  if (key === undefined) return variable;
  const { at, read } = key;
  const offer = { ...variable, at, otherwise: variable };
  return read === undefined ? offer : { ...offer, value: read(plain), args: new Map() };
}

const ofBuildAlone =
  "it is set while building alone: under [env] it would be in the image too, so add it there if a build script needs it";

/** A depot in a home folder is one that other users cannot read; the default is as good as any other. */
function depotFinding(line: number, value: string): Finding {
  const what = "ENV JULIA_DEPOT_PATH";
  const [first = ""] = value.split(":");
  const isFit = first.startsWith("/") && !/^\/(?:root|home|tmp)(?:\/|$)/.test(first) && !first.includes("$");
  const why = "the depot is in a folder that every user can read; [depot] path names another one";
  return isFit
    ? { kind: "offer", at: ["depot", "path"], value: asSpecText(first), line, why: what }
    : needless(line, what, why);
}
