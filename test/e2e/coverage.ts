import type { ImageStore } from "../engine/engine-client.ts";

/** How much a suite has to say about a version of Julia. */
export type Breadth =
  /** It is about what differs between versions: it runs on all of them. */
  | "every Julia"
  /** What it is about is the same for all versions: one is enough, unless everything is asked for. */
  | "one Julia";

export interface Combination<J, E> {
  readonly julia: J;
  readonly engine: E;
}

export interface Surroundings<J, E> {
  /** The newest first. */
  readonly julias: readonly J[];
  readonly engines: readonly E[];
}

/** Whether everything is to be run on everything: `npm run test:e2e:all`. */
export function isEverythingWanted(): boolean {
  return process.env.E2E_SCOPE === "all";
}

/**
 * On what a suite runs. The newest Julia is tested on all image stores; the others with the suites that are about versions,
 * and on the store of today's Docker. Julia and the stores do not know of each other, so that what is left out would hardly
 * find anything, and it would take hours.
 */
export function combinations<J, E extends { readonly store: ImageStore }>(
  { julias, engines }: Surroundings<J, E>,
  breadth: Breadth,
  everything = isEverythingWanted(),
): readonly Combination<J, E>[] {
  const todays = engines.filter(({ store }) => store === "containerd");
  return julias.flatMap((julia, index) => {
    if (index > 0 && breadth === "one Julia" && !everything) return [];
    const chosen = index === 0 || everything || todays.length === 0 ? engines : todays;
    return chosen.map((engine) => ({ julia, engine }));
  });
}
