/** What happens to a project before a build that is measured. */
export interface Case {
  readonly name: string;
  /** A sentence of the page. */
  readonly what: string;
  /** How often it is built in each repetition, if more than once: of what takes little, the median counts. */
  readonly builds?: number;
}

const often = 3;

export const cold: Case = {
  name: "cold",
  what: "An empty cache and no layers; the base image is there.",
};
export const unchanged: Case = {
  name: "no change",
  what: `The same build once more; the median of ${often} in each repetition.`,
  builds: often,
};
export const sourceChanged: Case = {
  name: "source line changed",
  what: `A comment more in the project's own source; the median of ${often} in each repetition.`,
  builds: often,
};
export const dependencyAdded: Case = {
  name: "one dependency added",
  what: "A package that nothing else needs, in the project and in its manifest.",
};
export const dependencyUpdated: Case = {
  name: "middle of the graph updated",
  what: "Another version of a package that others need: it is compiled again, and so is what depends on it.",
};
export const addedBesideOthers: Case = {
  name: "one added to a full cache",
  what: "The same with a cache that holds packages of other projects, where the way has a cache.",
};
export const together: Case = {
  name: "four at once",
  what: "Four projects that start at once with one cold cache, until the last is done.",
};
export const freshEngine: Case = {
  name: "engine without state",
  what: "The project with one dependency added, on an engine that has the base image and nothing else.",
};

/** In the order of the page's rows. */
export const cases: readonly Case[] = [
  ...[cold, unchanged, sourceChanged, dependencyAdded, dependencyUpdated],
  ...[addedBesideOthers, together, freshEngine],
];
