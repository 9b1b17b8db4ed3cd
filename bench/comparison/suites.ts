import * as cases from "./cases.ts";
import * as by from "./contenders.ts";
import { measureFreshEngine } from "./measure-fresh-engine.ts";
import { measureFullCache } from "./measure-full-cache.ts";
import { measureRebuilds, type Samples } from "./measure-rebuilds.ts";
import { measureTogether } from "./measure-together.ts";
import type { BenchProject } from "./projects.ts";
import type { Stage } from "./stage.ts";

/** What is measured by one function: these cases, of these contenders, for projects of this kind. */
export interface Suite {
  readonly cases: readonly cases.Case[];
  readonly contenders: readonly by.Contender[];
  /** One project, or four at once. */
  readonly kind: "one" | "four";
  readonly measure: (
    stage: Stage,
    contender: by.Contender,
    projects: readonly BenchProject[],
  ) => Promise<Samples>;
}

const peers = [by.plain, by.sharedCache, by.containerScripts, by.frontend];
const withCache = [by.sharedCache, by.containerScripts, by.frontend];

export const suites: readonly Suite[] = [
  {
    cases: [
      ...[cases.cold, cases.unchanged, cases.sourceChanged],
      ...[cases.dependencyAdded, cases.dependencyUpdated],
    ],
    contenders: peers,
    kind: "one",
    measure: eachWith(measureRebuilds),
  },
  {
    cases: [cases.addedBesideOthers],
    contenders: withCache,
    kind: "one",
    measure: eachWith(measureFullCache),
  },
  { cases: [cases.together], contenders: peers, kind: "four", measure: measureTogether },
  {
    cases: [cases.freshEngine],
    contenders: [...peers, by.seededFrontend],
    kind: "one",
    measure: eachWith(measureFreshEngine),
  },
];

function eachWith(
  measure: (stage: Stage, contender: by.Contender, project: BenchProject) => Promise<Samples>,
): Suite["measure"] {
  return (stage, contender, [project]) => {
    if (project === undefined) throw new Error("no project");
    return measure(stage, contender, project);
  };
}
