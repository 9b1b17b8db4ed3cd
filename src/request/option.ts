/** An option that cannot be obeyed, and why. */
export interface OptionProblem {
  readonly option: string;
  readonly message: string;
}

/** The parts of `a,b,c`; none of an empty text. */
export function listOf(text: string | undefined): readonly string[] {
  return text === undefined || text === "" ? [] : text.split(",").map((part) => part.trim());
}

/** The options whose names begin with a prefix, by the rest of their names. */
export function optionsWith(
  prefix: string,
  options: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  // Options come in random order; sorted, they give the same image configuration in every build.
  const entries = [...options]
    .filter(([name]) => name.startsWith(prefix))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return new Map(entries.map(([name, value]) => [name.slice(prefix.length), value]));
}
