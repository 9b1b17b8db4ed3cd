import type { CacheMount, Output, State } from "../buildkit/llb/index.ts";
import type { DependencyStep, Plan } from "../plan/plan.ts";
import { inputsFolder, outputFolder } from "../plan/step-folders.ts";
import { printable } from "../text/quote.ts";
import { accessMounts, secretVariables } from "./access-mounts.ts";
import { programsMount } from "./programs-mount.ts";
import type { Steps } from "./steps.ts";
import { textMount } from "./text-files.ts";

/** What goes into one layer of the depot. */
export interface DepotPart {
  /** What the progress display calls it, as `compiled 2/4`. */
  readonly name: string;
  readonly files: Output;
}

/** The parts in the order of their layers. */
export type DepotParts = readonly DepotPart[];

/** The kinds of layers, the lowest first, as the progress display calls them. */
const kinds = [
  ["artifacts", "artifacts"],
  ["compiled", "compiled"],
  ["packages", "packages"],
  ["small", "small packages"],
] as const;

/**
 * Folders in which the step leaves the parts; src/julia/lib/output.jl has the same names. A layer above one that changed is made and
 * unpacked anew: what changes least and is the most lies at the bottom.
 */
function partsOf({ layers }: DependencyStep): readonly { readonly name: string; readonly folder: string }[] {
  return kinds.flatMap(([kind, name]) => {
    const count = layers[kind];
    return Array.from({ length: count }, (_, index) => ({
      name: count === 1 ? name : `${name} ${index + 1}/${count}`,
      folder: `${outputFolder}/${kind}-${index + 1}`,
    }));
  });
}

/**
 * Installs, builds, precompiles and collects in one command that holds the cache. One command, because between two of them
 * another build could change what the first left in the cache; the outputs are ordinary snapshots and no part of the cache.
 */
export function dependencyStep(steps: Steps, builder: Output, seed: Output | undefined): DepotParts {
  const step = steps.plan.dependencies;
  const parts = partsOf(step);
  const run = steps.run(builder, {
    ...(step.access.network === undefined ? {} : { network: step.access.network }),
    args: step.args,
    env: step.env,
    secretEnv: secretVariables(step.access),
    cwd: "/",
    user: "0",
    mounts: [
      depotCache(steps.plan, seed),
      programsMount(step, "[internal] programs of the dependency step"),
      textMount(inputsFolder, step.files, "[internal] dependencies of the project"),
      ...accessMounts(step.access),
      ...parts.map(({ folder }) => ({ type: "bind" as const, target: folder, source: null })),
    ],
    name: `[depot] ${whatIsDone(step)}${whereItStarts(step)}`,
    span: step.span,
  });
  return parts.map(({ name, folder }) => ({ name, files: run.output(folder) }));
}

/**
 * The cache, which begins with the seed's depot. BuildKit keeps a cache for each seed then, and shares the seed's files with
 * it instead of copying them (solver/llbsolver/mounts/mount.go).
 */
export function depotCache({ depotPath, dependencies }: Plan, seed: Output | undefined): CacheMount {
  const { cacheId, seed: planned } = dependencies;
  const cache = { type: "cache", target: depotPath, id: cacheId, sharing: "locked" } as const;
  return seed === undefined || planned === undefined || planned.problem !== undefined
    ? cache
    : { ...cache, source: seed, selector: depotPath };
}

/** The depot on top of a file system, each part in a layer of its own. */
export function withDepot<Base extends State>(steps: Steps, base: Base, depot: DepotParts): Base | Output {
  const onTop = (state: Base | Output, { name, files }: DepotPart) =>
    steps.layOver(state, [{ from: files, src: "/", dest: "/" }], `[depot] copy ${name}`);
  return depot.reduce<Base | Output>(onTop, base);
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
