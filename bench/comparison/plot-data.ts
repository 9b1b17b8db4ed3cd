import { bars } from "./bars.ts";
import { cases, cold, dependencyAdded, sourceChanged, unchanged } from "./cases.ts";
import { contenders, frontend, sharedCache } from "./contenders.ts";
import { distinct, type Results } from "./results.ts";
import { medianSeconds, ratio } from "./statistics.ts";

/** A plot of the page. */
export interface PlotName {
  /** Of its files, before `-light.svg` and `-dark.svg`. */
  readonly name: string;
  readonly title: string;
  readonly kind: "overview" | "ratios" | "growth";
  readonly julia: string;
}

/** The plots for which something was measured. */
export function plotNames(results: Results): readonly PlotName[] {
  const julias = distinct(results, "julia").toSorted((left, right) =>
    right.localeCompare(left, "en", { numeric: true }),
  );
  const [newest] = julias;
  if (newest === undefined) return [];
  const overview = overviewOf(results);
  return [
    ...(overview === undefined
      ? []
      : [{ name: "overview", title: overview.title, kind: "overview" as const, julia: newest }]),
    ...julias
      .filter((julia) => ratiosOf(results, julia).length > 0)
      .map((julia) => ({
        name: `ratios-${julia}`,
        title: `Time of this frontend as a multiple of the shared-cache Dockerfile's, Julia ${julia}`,
        ...{ kind: "ratios" as const, julia },
      })),
    ...julias
      .filter((julia) => new Set(growthOf(results, julia).map(({ packages }) => packages)).size > 1)
      .map((julia) => ({
        name: `growth-${julia}`,
        title: `Seconds by the number of generated packages, Julia ${julia}`,
        ...{ kind: "growth" as const, julia },
      })),
  ];
}

export interface OverviewRow {
  readonly case: string;
  readonly contender: string;
  readonly seconds: number;
}

/** The one plot that matters: the usual cases of one project with the newest Julia, a real one if there is any. */
export function overviewOf(
  results: Results,
): { readonly title: string; readonly rows: readonly OverviewRow[] } | undefined {
  const [julia] = distinct(results, "julia").toSorted((left, right) =>
    right.localeCompare(left, "en", { numeric: true }),
  );
  const isUsual = ({ julia: own, case: each }: Results["measurements"][number]) =>
    own === julia && each === cold.name;
  const projects = results.measurements.filter(isUsual).map(({ project }) => project);
  const project = ["orders", "sales", "generated-25"].find((name) => projects.includes(name)) ?? projects[0];
  if (julia === undefined || project === undefined) return undefined;
  const rows = [cold, dependencyAdded, sourceChanged, unchanged].flatMap((each) =>
    contenders.flatMap(({ name }) => {
      const seconds = medianSeconds(results, { julia, project, case: each.name, contender: name });
      return seconds === undefined ? [] : [{ case: each.name, contender: name, seconds }];
    }),
  );
  return { title: `Median seconds of a build of ${project}, Julia ${julia}`, rows };
}

export interface RatioRow {
  readonly case: string;
  readonly project: string;
  readonly ratio: number;
  /** The least of the bars that the case has. */
  readonly limit: number | undefined;
}

export function ratiosOf(results: Results, julia: string): readonly RatioRow[] {
  const projects = distinct(results, "project");
  return cases.flatMap((each) =>
    projects.flatMap((project) => {
      const key = { julia, project, case: each.name };
      const value = ratio(
        results,
        { ...key, contender: frontend.name },
        { ...key, contender: sharedCache.name },
      );
      const limit = bars.find((bar) => bar.case === each && bar.isToSharedCache)?.limit;
      return value === undefined ? [] : [{ case: each.name, project, ratio: value, limit }];
    }),
  );
}

export interface GrowthRow {
  readonly case: string;
  readonly contender: string;
  readonly packages: number;
  readonly seconds: number;
}

export function growthOf(results: Results, julia: string): readonly GrowthRow[] {
  return distinct(results, "project").flatMap((project) => {
    const packages = Number(/^generated-(\d+)$/.exec(project)?.[1]);
    if (Number.isNaN(packages)) return [];
    return [cold, dependencyAdded].flatMap((each) =>
      contenders.flatMap(({ name }) => {
        const seconds = medianSeconds(results, { julia, project, case: each.name, contender: name });
        return seconds === undefined ? [] : [{ case: each.name, contender: name, packages, seconds }];
      }),
    );
  });
}
