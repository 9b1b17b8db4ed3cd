/**
 * What the patterns of an ignore file leave out, as BuildKit takes them (moby/patternmatcher, MatchesOrParentMatches): the last
 * pattern that matches a path, or a folder that it is in, decides.
 *
 * @param patterns clean, as `readIgnoreFile` gives them
 */
export function ignoredPaths(patterns: readonly string[]): (path: string) => boolean {
  const compiled = patterns.map((pattern) => {
    const isException = pattern.startsWith("!");
    return { isException, matches: matcher(isException ? pattern.slice(1) : pattern) };
  });
  return (path) => {
    const parts = path.split("/");
    const withParents = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
    return compiled.reduce(
      (isIgnored, { isException, matches }) =>
        isException === isIgnored && withParents.some(matches) ? !isException : isIgnored,
      false,
    );
  };
}

function matcher(pattern: string): (path: string) => boolean {
  const [, suffix] = /^\*\*([^*?[\\]*)$/.exec(pattern) ?? [];
  if (suffix !== undefined) {
    return (path) => path.endsWith(suffix) || `/${path}` === suffix;
  }
  const parts = partsOf(pattern);
  return (path) => matchesAll(parts, path);
}

/** What a part of a pattern stands for: one character that passes, or any number of them. */
type Part =
  | { readonly kind: "one"; readonly passes: (character: string) => boolean }
  /** `*`: characters of one name. */
  | { readonly kind: "name" }
  /** `**` at the end: anything; elsewhere any number of folders. */
  | { readonly kind: "anything" }
  | { readonly kind: "folders" };

const tokens = /\*\*\/?|\*|\?|\[\^?\]?[^\]]*\]|\\?./gsu;

function partsOf(pattern: string): readonly Part[] {
  const found = pattern.match(tokens) ?? [];
  return found.map((token, index): Part => {
    if (token.startsWith("**")) return { kind: index === found.length - 1 ? "anything" : "folders" };
    if (token === "*") return { kind: "name" };
    if (token === "?") return { kind: "one", passes: (character) => character !== "/" };
    if (token.startsWith("[") && token.length > 1) return { kind: "one", passes: characterClass(token) };
    const literal = token.startsWith("\\") && token.length > 1 ? token.slice(1) : token;
    return { kind: "one", passes: (character) => character === literal };
  });
}

/** Brackets mean the same as in a regular expression. BuildKit itself refuses those that mean nothing. */
function characterClass(token: string): (character: string) => boolean {
  try {
    const expression = new RegExp(`^${token}$`, "u");
    return (character) => expression.test(character);
  } catch {
    return () => false;
  }
}

/**
 * Whether the parts match the whole path. All ways to match go along together, as in Go's regular expressions: trying one
 * after the other could take for ever.
 */
function matchesAll(parts: readonly Part[], path: string): boolean {
  let reached = withSkipped(parts, [{ at: 0, isInside: false }]);
  for (const character of path) {
    reached = withSkipped(
      parts,
      reached.flatMap((state) => step(parts, state, character)),
    );
  }
  return reached.some(({ at, isInside }) => at === parts.length && !isInside);
}

/** How many parts were matched, and whether a name of those that a `**` stands for has begun. */
interface State {
  readonly at: number;
  readonly isInside: boolean;
}

function step(parts: readonly Part[], { at, isInside }: State, character: string): readonly State[] {
  const part = parts[at];
  const after = { at: at + 1, isInside: false };
  switch (part?.kind) {
    case "one":
      return part.passes(character) ? [after] : [];
    case "name":
      return character === "/" ? [] : [{ at, isInside }];
    case "anything":
      return [{ at, isInside }];
    case "folders":
      return [{ at, isInside: true }, ...(character === "/" ? [after] : [])];
    default:
      return [];
  }
}

/** These and the states in which parts that may stand for nothing are skipped, each once. */
function withSkipped(parts: readonly Part[], states: readonly State[]): readonly State[] {
  const all = new Map<string, State>();
  for (const { at, isInside } of states) {
    all.set(`${at} ${isInside}`, { at, isInside });
    for (let skipped = at; !isInside && mayBeNothing(parts[skipped]); skipped++) {
      all.set(`${skipped + 1} false`, { at: skipped + 1, isInside: false });
    }
  }
  return [...all.values()];
}

function mayBeNothing(part: Part | undefined): boolean {
  return part !== undefined && part.kind !== "one";
}
