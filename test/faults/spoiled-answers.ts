import type { Catalogue } from "../engine/packages/catalogue.ts";
import type { Fault } from "../engine/packages/pkg-server.ts";
import { randomFor } from "./random.ts";

const faults: readonly [Fault, ...Fault[]] = ["drop", "truncate", "corrupt", "hang", { status: 503 }];

/** How the Pkg server spoils the answers of one build. */
export interface Spoiling {
  readonly title: string;
  /** Whether the project has no manifest, so that registries are asked too. */
  readonly withoutManifest: boolean;
  readonly choose: (path: string) => Fault | undefined;
  /** Paths of which an answer was spoiled. */
  readonly spoiled: Set<string>;
}

/** One fault or a mixture, for some of the requests or for all. */
export function spoilingOf(seed: number, number: number): Spoiling {
  const random = randomFor(seed, `download ${number}`);
  const chosen = random.pick<Fault | "mixed">(["mixed", "mixed", ...faults]);
  const share = random.pick([0.3, 0.6, 1]);
  const withoutManifest = random.chance(0.4);
  const spoiled = new Set<string>();
  const name = typeof chosen === "string" ? chosen : String(chosen.status);
  return {
    title: `downloads ${number}: ${name}, ${100 * share} % of the answers, ${withoutManifest ? "no manifest" : "with a manifest"}`,
    withoutManifest,
    spoiled,
    choose: (path) => {
      if (!random.chance(share)) return undefined;
      spoiled.add(path);
      return chosen === "mixed" ? random.pick(faults) : chosen;
    },
  };
}

/** What an error has to call the things behind these paths: packages and artifacts by their names. */
export function namesOf(paths: Iterable<string>, { packages }: Catalogue): readonly string[] {
  return [...paths].flatMap((path) => {
    const [, kind, first] = path.split("/");
    if (kind === "package") return packages.filter(({ uuid }) => uuid === first).map(({ name }) => name);
    if (kind === "artifact") {
      const artifacts = packages.flatMap((each) => each.artifacts);
      return artifacts.filter(({ treeHash }) => treeHash === first).map(({ name }) => name);
    }
    return ["registr", "General"];
  });
}
