const nanosecondsOf: Readonly<Record<string, number>> = {
  h: 3600e9,
  m: 60e9,
  s: 1e9,
  ms: 1e6,
};

/** Nanoseconds, the unit of an image's configuration, of a text such as `1m30s`: numbers, each with h, m, s or ms. */
export function durationNanoseconds(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  return Math.round(
    parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (nanosecondsOf[unit] ?? 0), 0),
  );
}
