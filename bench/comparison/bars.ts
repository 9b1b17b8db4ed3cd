import {
  addedBesideOthers,
  type Case,
  cold,
  dependencyAdded,
  freshEngine,
  sourceChanged,
  together,
} from "./cases.ts";
import { frontend, plain, seededFrontend, sharedCache } from "./contenders.ts";
import { find, type Results } from "./results.ts";
import { medianFigure, medianSeconds, ratio } from "./statistics.ts";

/** What is measured by a bar: a project with a Julia. */
export interface Subject {
  readonly julia: string;
  readonly project: string;
}

/** A limit that this frontend is to keep. */
export interface Bar {
  readonly what: string;
  readonly case: Case;
  readonly limit: number;
  /** Whether the limit is a multiple of what the shared-cache Dockerfile takes. */
  readonly isToSharedCache: boolean;
  /** `undefined` if what it needs was not measured. */
  readonly measured: (results: Results, subject: Subject) => number | undefined;
}

const toShared = (each: Case, limit: number): Bar => times(each, sharedCache.name, limit);
const toPlain = (each: Case, limit: number): Bar => times(each, plain.name, limit);

export const bars: readonly Bar[] = [
  ...[toShared(cold, 0.9), toPlain(cold, 0.9), toShared(sourceChanged, 1)],
  ...[toShared(dependencyAdded, 0.75), toPlain(dependencyAdded, 0.1)],
  toShared(addedBesideOthers, 0.4),
  {
    what: `${addedBesideOthers.name}, to the same without others`,
    ...{ case: addedBesideOthers, limit: 1.1, isToSharedCache: false },
    measured: (results, subject) =>
      ratio(
        results,
        { ...subject, contender: frontend.name, case: addedBesideOthers.name },
        { ...subject, contender: frontend.name, case: dependencyAdded.name },
      ),
  },
  toShared(together, 0.9),
  {
    what: `${together.name}, images that are not right`,
    ...{ case: together, limit: 0, isToSharedCache: false },
    measured: (results, subject) =>
      wrongImages(results, { ...subject, contender: frontend.name, case: together.name }),
  },
  {
    what: `${freshEngine.name}, with a seed, to 1.5 times the warm builder's time and the pull of the seed`,
    ...{ case: freshEngine, limit: 1, isToSharedCache: false },
    measured: seeded,
  },
];

function times(each: Case, to: string, limit: number): Bar {
  return {
    what: `${each.name}, to the ${to}`,
    ...{ case: each, limit, isToSharedCache: to === sharedCache.name },
    measured: (results, subject) =>
      ratio(
        results,
        { ...subject, contender: frontend.name, case: each.name },
        { ...subject, contender: to, case: each.name },
      ),
  };
}

function wrongImages(results: Results, key: Parameters<typeof find>[1]): number | undefined {
  const samples = find(results, key)?.samples;
  return samples?.reduce((sum, { images, rightImages }) => sum + images - rightImages, 0);
}

function seeded(results: Results, subject: Subject): number | undefined {
  const own = { ...subject, contender: seededFrontend.name, case: freshEngine.name };
  const warm = { ...subject, contender: frontend.name, case: dependencyAdded.name };
  const [time, pull] = [medianSeconds(results, own), medianFigure(results, own, "pull")];
  const usual = medianSeconds(results, warm);
  if (time === undefined || pull === undefined || usual === undefined) return undefined;
  return time / (1.5 * usual + pull);
}
