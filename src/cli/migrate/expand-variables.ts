import type { DockerVariables } from "./dockerfile.ts";

/** A text of a Dockerfile whose variables were replaced. */
export interface Expansion {
  /** As a string of the spec: arguments of the build stay arguments, and a dollar sign is doubled. */
  readonly spec: string;
  /** With the default of each argument. */
  readonly plain: string;
  /** The arguments that `spec` uses, with their defaults. */
  readonly args: ReadonlyMap<string, string>;
  /** Variables whose value the Dockerfile does not say. */
  readonly unknown: readonly string[];
}

/** The forms of "Environment replacement" in the Dockerfile reference, and a dollar sign that is escaped. */
const replacement = /\\\$|\$(?:\{(\w+)(?::?([-+])([^{}]*))?\}|(\w+))/g;

export function expandVariables(text: string, variables: DockerVariables): Expansion {
  const args = new Map<string, string>();
  const unknown: string[] = [];
  const spec: string[] = [];
  const plain: string[] = [];
  const both = (piece: string) => {
    spec.push(asSpecText(piece));
    plain.push(piece);
  };
  let end = 0;
  for (const match of text.matchAll(replacement)) {
    both(text.slice(end, match.index));
    end = match.index + match[0].length;
    const [whole, braced, sign, word = "", bare] = match;
    const name = braced ?? bare;
    if (name === undefined) {
      both("$");
      continue;
    }
    const { value, isArgument } = variables.get(name) ?? {};
    const isSet = value !== undefined && value !== "";
    if (sign === "+" || (sign === "-" && !isSet)) {
      both(sign === "+" && !isSet ? "" : word);
    } else if (value === undefined) {
      unknown.push(name);
      both(whole);
    } else if (isArgument === true) {
      args.set(name, value);
      spec.push(`\${${name}}`);
      plain.push(value);
    } else {
      both(value);
    }
  }
  both(text.slice(end));
  return { spec: spec.join(""), plain: plain.join(""), args, unknown };
}

/** A text that the reader of the spec takes for itself. */
export function asSpecText(text: string): string {
  return text.replaceAll("$", () => "$$");
}
