/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length - 1 - middle], sorted[middle]];
  if (low === undefined || high === undefined) {
    throw new Error("the median of no values");
  }
  return (low + high) / 2;
}

/** Says a measurement beside its limit, and makes the process fail if the limit is passed. */
export function report(what: string, value: number, unit: string, limit: number): void {
  const kept = value <= limit;
  const digits = unit === "times" ? 2 : 1;
  console.log(
    `${what}: ${value.toFixed(digits)} ${unit} (limit ${limit} ${unit}${kept ? "" : ", EXCEEDED"})`,
  );
  if (!kept) {
    process.exitCode = 1;
  }
}
