import { readSpec } from "../../buildfile/read-spec.ts";
import { type Diagnostic, hasErrors } from "../../text/diagnostic.ts";
import { byLine, type LeftOver, leftOver, type Needless, type Offer } from "./finding.ts";
import { proposalText } from "./proposal-text.ts";

export interface Candidates {
  /** Of these the first is taken that a spec may have. */
  readonly alternatives: readonly (readonly Offer[])[];
  readonly offers: readonly Offer[];
  readonly notes: readonly (Needless | LeftOver)[];
}

export interface Admission {
  /** The text of a spec without errors. */
  readonly text: string;
  readonly taken: readonly Offer[];
  readonly needless: readonly Needless[];
  readonly leftOver: readonly LeftOver[];
}

/**
 * Puts together a spec of those offers with which the reader of specs finds no error. The others are left over, with what it
 * says of them.
 */
export function admit(frontend: string, { alternatives, offers, notes }: Candidates): Admission {
  const errorsOf = (some: readonly Offer[]) => errorsIn(proposalText(frontend, some));
  const start = alternatives.findIndex((some) => errorsOf(some).length === 0);
  const taken = [...(alternatives[start] ?? [])];
  const refused: LeftOver[] = alternatives
    .slice(0, Math.max(0, start))
    .flatMap((some) => refusal(some[0], errorsOf(some)[0]));
  // Halves of a list with a fault are tried by themselves: a long Dockerfile has few faults.
  const take = (some: readonly Offer[]): void => {
    const errors = errorsOf([...taken, ...some]);
    if (errors.length === 0) {
      taken.push(...some);
    } else if (some.length === 1) {
      const otherwise = some[0]?.otherwise;
      if (otherwise === undefined) refused.push(...refusal(some[0], errors[0]));
      else take([otherwise]);
    } else {
      const half = Math.ceil(some.length / 2);
      take(some.slice(0, half));
      take(some.slice(half));
    }
  };
  if (offers.length > 0) take(offers);
  const left = [...refused, ...notes.filter((note) => note.kind === "left-over")];
  return {
    text: proposalText(frontend, taken),
    taken,
    needless: byLine(notes.filter((note) => note.kind === "needless")),
    leftOver: byLine(left),
  };
}

function errorsIn(text: string): readonly Diagnostic[] {
  const { diagnostics } = readSpec({ name: "julia.toml", text });
  return hasErrors(diagnostics) ? diagnostics.filter(({ severity }) => severity === "error") : [];
}

function refusal(offer: Offer | undefined, error: Diagnostic | undefined): readonly LeftOver[] {
  if (offer === undefined || error === undefined || offer.line === undefined) return [];
  const { message, suggestion } = error;
  const todo = `it is not taken, since ${message}${suggestion === undefined ? "" : `; ${suggestion}`}`;
  return [leftOver(offer.line, `${offer.at.join(".")} = ${JSON.stringify(offer.value)}`, todo)];
}
