import { median } from "../measure.ts";
import { find, type Key, type Results, type Sample } from "./results.ts";

/** Median of the seconds of a measurement; `undefined` if it was not made. */
export function medianSeconds(results: Results, key: Key): number | undefined {
  return medianFigure(results, key, "seconds");
}

/** Median of a figure of a measurement; `undefined` if it was not taken. */
export function medianFigure(results: Results, key: Key, figure: keyof Sample): number | undefined {
  const samples = find(results, key)?.samples ?? [];
  const values = samples.map((sample) => sample[figure]).filter((value) => value !== undefined);
  return values.length === 0 ? undefined : median(values);
}

/** One median as a multiple of another; `undefined` if one was not measured. */
export function ratio(results: Results, key: Key, to: Key): number | undefined {
  const [own, other] = [medianSeconds(results, key), medianSeconds(results, to)];
  return own === undefined || other === undefined ? undefined : own / other;
}
