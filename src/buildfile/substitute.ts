import { didYouMeanText } from "../text/did-you-mean.ts";
import { quote } from "../text/quote.ts";

/** Longest text that substitution may make, in UTF-16 code units. Without a bound, a small hostile spec fills the memory. */
const longestResult = 16 * 1024;

export interface Substitution {
  readonly text: string;
  /** Names of the arguments used, declared or not. */
  readonly used: ReadonlySet<string>;
  readonly problems: readonly SubstitutionProblem[];
}

export interface SubstitutionProblem {
  readonly rule: "undeclared-arg" | "invalid-substitution";
  readonly message: string;
  readonly suggestion?: string;
}

const dollar = /\$(?:(\$)|\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?\})?/g;

/**
 * Replaces `${NAME}` by the value of a declared argument, `${NAME:-default}` by it or, where it is empty, by the default,
 * and `$$` by one `$`. Any other `$` is a mistake: `$NAME` works in a Dockerfile, and here would silently stay as it is.
 */
export function substitute(text: string, args: ReadonlyMap<string, string>): Substitution {
  const used = new Set<string>();
  const problems: SubstitutionProblem[] = [];
  const result = text.replace(dollar, (match, escaped?: string, name?: string, fallback?: string) => {
    if (escaped !== undefined) {
      return "$";
    }
    if (name === undefined) {
      problems.push(strayDollar);
      return match;
    }
    used.add(name);
    const value = args.get(name);
    if (value === undefined) {
      problems.push(undeclared(name, args));
      return match;
    }
    return value === "" ? (fallback ?? "") : value;
  });
  if (result.length > longestResult) {
    problems.push({
      rule: "invalid-substitution",
      message: `the result is longer than ${longestResult} characters`,
    });
  }
  return { text: result.slice(0, longestResult), used, problems };
}

/** Whether `substitute` would change the text. */
export function hasSubstitution(text: string): boolean {
  return text.includes("$");
}

const strayDollar: SubstitutionProblem = {
  rule: "invalid-substitution",
  message: "`$` begins nothing that could be substituted",
  suggestion: "write `${NAME}` for an argument of [args], or `$$` for a dollar sign",
};

function undeclared(name: string, args: ReadonlyMap<string, string>): SubstitutionProblem {
  return {
    rule: "undeclared-arg",
    message: `the argument ${quote(name)} is not declared under [args]`,
    suggestion:
      didYouMeanText(name, args.keys()) ?? `add it: \`${quote(name).slice(1, -1)} = "…"\` under [args]`,
  };
}
