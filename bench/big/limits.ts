import { exponentOf, type Point } from "../growth.ts";
import { type BigPoint, type BigResults, type Figure, figures, type Series, seriesNames } from "./results.ts";

/** A cost that is to grow linearly at most, with some room for a machine that is not quiet. */
export const exponentLimit = 1.2;
export const memoryLimit = 120;

/** What a size costs; nothing if that was not measured. */
export function costOf(point: BigPoint, figure: Figure): number | undefined {
  const value = point[figure.name];
  if (figure.name !== "build" || value === undefined) return value;
  // What a build compiled before is in the cache: its time for each package that was compiled, for all.
  return point.compiled ? (value / point.compiled) * point.size : undefined;
}

export function pointsOf({ points }: BigResults, series: Series, figure: Figure): readonly Point[] {
  return points
    .filter((point) => point.series === series)
    .flatMap((point) => {
      const cost = costOf(point, figure);
      return cost === undefined ? [] : [{ size: point.size, cost }];
    });
}

export interface Growth {
  readonly series: Series;
  readonly figure: Figure;
  readonly points: readonly Point[];
  readonly exponent: number;
}

/** Every figure of every series of which two sizes were measured. */
export function growths(results: BigResults): readonly Growth[] {
  return (Object.keys(seriesNames) as Series[]).flatMap((series) =>
    figures.flatMap((figure) => {
      const points = pointsOf(results, series, figure);
      return points.length < 2 ? [] : [{ series, figure, points, exponent: exponentOf(points) }];
    }),
  );
}

export interface Limit {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
}

export function limitsOf(results: BigResults): readonly Limit[] {
  const memory = Math.max(...results.points.map(({ frontendMemory }) => frontendMemory)) / 1e6;
  return [
    ...growths(results).map(({ series, figure, exponent }) => ({
      what: `${figure.title} by ${seriesNames[series]}, exponent`,
      ...{ value: exponent, unit: "times", limit: exponentLimit },
    })),
    { what: "memory of the frontend, the most", value: memory, unit: "MB", limit: memoryLimit },
  ];
}
