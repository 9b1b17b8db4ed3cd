/**
 * Seconds since the start of its step at which the first line that matches was printed, in a log of
 * `docker buildx build --progress=plain`; 0 if there is none.
 */
export function printedAt(log: string, pattern: RegExp): number {
  for (const line of log.split("\n")) {
    const [, seconds, text = ""] = /^#\d+ (\d+\.\d+) (.*)$/.exec(line) ?? [];
    if (seconds !== undefined && pattern.test(text)) return Number(seconds);
  }
  return 0;
}
