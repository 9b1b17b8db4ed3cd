import { type CacheMount, exec, file, type Output, type Owner, type State } from "../buildkit/llb/index.ts";
import { dependencyPrograms } from "../julia/programs.ts";
import { outputFolder } from "../plan/make-plan.ts";
import type { DependencyStep, Plan } from "../plan/plan.ts";
import { type StepDefaults, sharedMemory } from "../request/step-defaults.ts";
import { printable } from "../text/quote.ts";
import { accessMounts, secretVariables } from "./access-mounts.ts";
import { locate } from "./locate.ts";
import { juliaProgram, programFolder, readOnly, textFiles } from "./programs.ts";

/** What goes into one layer of the depot. */
export interface DepotPart {
  /** For people. */
  readonly name: string;
  readonly files: Output;
}

/** In the order of their layers: what changes least comes first. */
export type DepotParts = readonly DepotPart[];

/** Folders in which the step leaves the parts; src/julia/output.jl has the same names. */
function partsOf({ layers }: DependencyStep): readonly { readonly name: string; readonly folder: string }[] {
  return (["artifacts", "packages", "compiled"] as const).flatMap((kind) => {
    const count = layers[kind];
    return Array.from({ length: count }, (_, index) => ({
      name: count === 1 ? kind : `${kind} ${index + 1}/${count}`,
      folder: `${outputFolder}/${kind}-${index + 1}`,
    }));
  });
}

/**
 * Installs, builds, precompiles and collects in one command that holds the cache. One command, because between two of them
 * another build could change what the first left in the cache; the outputs are ordinary snapshots and no part of the cache.
 */
export function dependencyStep(
  plan: Plan,
  builder: Output,
  seed: Output | undefined,
  defaults: StepDefaults,
): DepotParts {
  const step = plan.dependencies;
  const parts = partsOf(step);
  const programs = textFiles(
    Object.entries(dependencyPrograms),
    "[internal] programs of the dependency step",
  );
  const inputs = textFiles(step.files, "[internal] dependencies of the project");
  const run = exec(builder, {
    ...defaults,
    ...(step.access.network === undefined ? {} : { network: step.access.network }),
    args: juliaProgram("dependencies.jl", [], `${programFolder}/inputs`),
    env: step.env,
    secretEnv: secretVariables(step.access),
    cwd: "/",
    user: "0",
    mounts: [
      ...sharedMemory(defaults),
      depotCache(plan, seed),
      readOnly(programs, `${programFolder}/programs`),
      readOnly(inputs, `${programFolder}/inputs`),
      ...accessMounts(step.access),
      ...parts.map(({ folder }) => ({ type: "bind" as const, target: folder, source: null })),
    ],
    name: `[depot] ${whatIsDone(step)}${whereItStarts(step)}`,
    locations: locate(plan.spec, step.span),
  });
  return parts.map(({ name, folder }) => ({ name, files: run.output(folder) }));
}

/**
 * The cache, which begins with the seed's depot. BuildKit keeps a cache for each seed then, and shares the seed's files with
 * it instead of copying them (solver/llbsolver/mounts/mount.go).
 */
function depotCache({ depotPath, dependencies }: Plan, seed: Output | undefined): CacheMount {
  const { cacheId, seed: planned } = dependencies;
  const cache = { type: "cache", target: depotPath, id: cacheId, sharing: "locked" } as const;
  return seed === undefined || planned === undefined || planned.problem !== undefined
    ? cache
    : { ...cache, source: seed, selector: depotPath };
}

/** The depot on top of a file system, each part in a layer of its own. */
export function withDepot(plan: Plan, base: State, depot: DepotParts): Output {
  const onTop = (state: State, { name, files }: DepotPart) =>
    withOutput(plan, state, [{ from: files, src: "/", dest: "/" }], `[depot] copy ${name}`);
  return depot.reduce<State>(onTop, base) as Output;
}

/** A folder that a step left. Without an owner everything keeps the one that it has. */
export interface LeftFolder {
  readonly from: Output;
  readonly src: string;
  readonly dest: string;
  readonly owner?: Owner;
}

/** What a step left, laid over a file system. Its cache key is the content: what did not change is not copied or pushed again. */
export function withOutput(plan: Plan, base: State, folders: readonly LeftFolder[], name: string): Output {
  const copies = folders.map((folder) => ({ type: "copy" as const, ...folder, directoryContents: true }));
  return file(base, copies, {
    name,
    platform: plan.platform,
    locations: locate(plan.spec, plan.dependencies.span),
  });
}

/** The step's name is the one place that is shown for every build, also for one from the cache. */
function whereItStarts({ seed }: DependencyStep): string {
  if (seed === undefined) {
    return "";
  }
  return seed.problem === undefined
    ? `, starting from ${seed.name}`
    : `, without the seed ${seed.name}: ${printable(seed.problem)}`;
}

function whatIsDone({ packages }: DependencyStep): string {
  if (packages === undefined) {
    return "choose versions, install and precompile";
  }
  return `install and precompile ${packages.length === 1 ? "1 package" : `${packages.length} packages`}`;
}
