/**
 * Version ranges as `[compat]` of a Project.toml has them (Pkg.jl, src/Versions.jl, `semver_spec`;
 * https://pkgdocs.julialang.org/v1/compatibility/). Pre-releases and build numbers play no part in them.
 */
export type VersionSpec = readonly VersionRange[];

/** From and to, both included. A bound of fewer than three parts stands for every version that begins with it. */
export interface VersionRange {
  readonly lower: Bound;
  readonly upper: Bound;
}

/** Up to three numbers; none means unbounded. */
export type Bound = readonly number[];

/** `[major, minor, patch]`, of which the last ones may be unknown. */
export type Version = readonly number[];

const number = "(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?";
const semver = new RegExp(`^([~^]?)v?${number}$`);
const inequality = new RegExp(`^(≥|>=|=|<)\\s*v?${number}$`);
const hyphenated = new RegExp(`^v?${number}\\s+-\\s+v?${number}$`);

/** Reads `1.2`, `^1.2`, `~1.2.3`, `>= 1.2`, `< 2`, `=1.2.3`, `1.2 - 1.5`, and lists of these. `undefined` if it is none. */
export function parseVersionSpec(text: string): VersionSpec | undefined {
  const ranges = text.split(",").map((part) => parseRange(part.trim()));
  return ranges.every((range) => range !== undefined) ? union(ranges) : undefined;
}

/** Whether a version is in the spec. Where parts of it are unknown, whether it may be. */
export function admits(spec: VersionSpec, version: Version): boolean {
  return spec.some(
    ({ lower, upper }) => comparePrefix(lower, version) <= 0 && comparePrefix(version, upper) <= 0,
  );
}

/** Exactly as Pkg prints it, because the hash of a project is over this text. Up to Julia 1.10 the hyphen is `-`, then ` - `. */
export function formatVersionSpec(spec: VersionSpec, hyphen = " - "): string {
  if (spec.length === 0) {
    return "∅";
  }
  const ranges = spec.map((range) => formatRange(range, hyphen));
  return ranges.length === 1 ? ranges.join("") : `[${ranges.join(", ")}]`;
}

/** The versions that are in both (`intersect` in Pkg.jl, src/Versions.jl). */
export function intersectSpecs(left: VersionSpec, right: VersionSpec): VersionSpec {
  const ranges = left.flatMap((one) =>
    right.map((other) => range(stricterLower(one.lower, other.lower), stricterUpper(one.upper, other.upper))),
  );
  return union(ranges);
}

function stricterLower(left: Bound, right: Bound): Bound {
  return comparePrefix(left, right) < 0 || (comparePrefix(left, right) === 0 && left.length < right.length)
    ? right
    : left;
}

function stricterUpper(left: Bound, right: Bound): Bound {
  return compareUpper(left, right) < 0 ? left : right;
}

/** A spec as a person would write it under `[compat]`. One that no version is in becomes a range that is empty. */
export function formatSemver(spec: VersionSpec): string {
  return spec.length === 0 ? "1 - 0" : spec.map(formatSemverRange).join(", ");
}

function formatSemverRange({ lower, upper }: VersionRange): string {
  const start = lower.length === 0 ? "0" : lower.join(".");
  return upper.length === 0 ? `>= ${start}` : `${start} - ${upper.join(".")}`;
}

function parseRange(text: string): VersionRange | undefined {
  const caretOrTilde = semver.exec(text);
  if (caretOrTilde !== null) {
    const [, operator, ...parts] = caretOrTilde;
    return semverRange(operator === "~", numbers(parts));
  }
  const comparison = inequality.exec(text);
  if (comparison !== null) {
    const [, operator = "", ...parts] = comparison;
    return inequalityRange(operator, numbers(parts));
  }
  const bounds = hyphenated.exec(text)?.slice(1);
  return bounds === undefined ? undefined : range(numbers(bounds.slice(0, 3)), numbers(bounds.slice(3)));
}

function numbers(parts: readonly (string | undefined)[]): readonly number[] {
  return parts.filter((part) => part !== undefined).map(Number);
}

/** Everything up to the next change of the first part that is not zero (caret), or of the second part (tilde). */
function semverRange(isTilde: boolean, given: readonly number[]): VersionRange | undefined {
  const lower = padded(given);
  if (given.length === 3 && isZero(lower)) {
    return undefined;
  }
  const firstPart = lower.findIndex((part) => part !== 0);
  const significant = firstPart === -1 ? given.length : firstPart + 1;
  const kept = isTilde ? Math.min(given.length, 2) : significant;
  return range(lower, lower.slice(0, kept));
}

function inequalityRange(operator: string, given: readonly number[]): VersionRange | undefined {
  const bound = padded(given);
  if (operator === "=") {
    return range(bound, bound);
  }
  if (operator !== "<") {
    return range(bound, []);
  }
  const lastPart = bound.findLastIndex((part) => part !== 0);
  // Nothing is below 0; Pkg fails there.
  return lastPart === -1
    ? undefined
    : range(
        [0, 0, 0],
        bound.slice(0, lastPart + 1).map((part, index) => (index === lastPart ? part - 1 : part)),
      );
}

function padded(parts: readonly number[]): readonly number[] {
  return [...parts, 0, 0, 0].slice(0, 3);
}

function isZero(parts: readonly number[]): boolean {
  return parts.every((part) => part === 0);
}

/** Bounds that differ in trailing zeros only are one: the upper. */
function range(lower: Bound, upper: Bound): VersionRange {
  return comparePrefix(padded(lower), padded(upper)) === 0 ? { lower: upper, upper } : { lower, upper };
}

function comparePrefix(left: readonly number[], right: readonly number[]): number {
  const length = Math.min(left.length, right.length);
  const index = left.slice(0, length).findIndex((part, place) => part !== right[place]);
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

/** Sorted, without empty ranges, and joined where one begins before, or right after, the other ends. */
function union(ranges: readonly VersionRange[]): VersionSpec {
  const joined: VersionRange[] = [];
  const filled = ranges.filter(({ lower, upper }) => comparePrefix(lower, upper) <= 0);
  for (const next of filled.toSorted(byLowerBound)) {
    const last = joined.at(-1);
    if (last === undefined || !isJoinable(last.upper, next.lower)) {
      joined.push(next);
    } else if (compareUpper(last.upper, next.upper) < 0) {
      joined[joined.length - 1] = { lower: last.lower, upper: next.upper };
    }
  }
  return joined.map(({ lower, upper }) => range(lower, upper));
}

function byLowerBound(left: VersionRange, right: VersionRange): number {
  return (
    comparePrefix(left.lower, right.lower) ||
    left.lower.length - right.lower.length ||
    compareUpper(left.upper, right.upper)
  );
}

/** Of two upper bounds the shorter is the larger: `1` includes `1.5`. */
function compareUpper(left: Bound, right: Bound): number {
  return comparePrefix(left, right) || right.length - left.length;
}

/** Whether no version lies between the end of one range and the beginning of the next. */
function isJoinable(upper: Bound, lower: Bound): boolean {
  const last = upper.length - 1;
  if (upper.length !== lower.length || last < 0) {
    return comparePrefix(upper, lower) >= 0;
  }
  const before = comparePrefix(upper.slice(0, last), lower.slice(0, last));
  return before === 0 ? (upper[last] ?? 0) >= (lower[last] ?? 0) - 1 : before > 0;
}

function formatRange({ lower, upper }: VersionRange, hyphen: string): string {
  if (lower.length === 0 && upper.length === 0) {
    return "*";
  }
  const end = upper.length === 0 ? "*" : upper.join(".");
  const isOne = lower.length === upper.length && comparePrefix(lower, upper) === 0;
  return isOne ? end : `${lower.join(".")}${hyphen}${end}`;
}
