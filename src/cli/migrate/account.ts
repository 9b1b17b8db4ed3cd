import type { Diagnostic } from "../../text/diagnostic.ts";
import { printHeadline } from "../../text/print.ts";
import { printable } from "../../text/quote.ts";
import type { Admission } from "./admit.ts";
import type { LeftOver, Needless, Offer } from "./finding.ts";

/** A command in a Dockerfile may be long, and its line is named. */
const longestWhat = 72;

/**
 * What became of a Dockerfile, for the person to read.
 *
 * @param checked what `check` says of the spec
 * @param missing why the project was not looked at
 */
export function migrationAccount(
  file: string,
  { taken, needless, leftOver }: Admission,
  checked: readonly Diagnostic[],
  missing: string | undefined,
): string {
  return [
    block(`From ${file}:`, takenLines(taken.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)))),
    block("Not needed any more:", distinct(needless.map(needlessLine))),
    block("Not carried over, for you to do:", distinct(leftOver.map(leftOverLine))),
    block("What `check` says of it:", checked.map(checkedLine)),
    missing === undefined ? "" : block("The project was not looked at:", [missing]),
  ].join("");
}

function block(heading: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ""
    : `${printable(heading)}\n${lines.map((line) => `  ${printable(line)}\n`).join("")}`;
}

/** What one line adds to a list is said together. */
function takenLines(taken: readonly Offer[]): readonly string[] {
  const items = new Map<string, Offer[]>();
  for (const offer of taken) {
    const place = JSON.stringify([offer.at, offer.isItem === true ? [offer.line, offer.why] : undefined]);
    items.set(place, [...(items.get(place) ?? []), offer]);
  }
  return [...items.values()].map((some) =>
    takenLine(
      some.map(({ value }) => value),
      some[0],
    ),
  );
}

function takenLine(values: readonly unknown[], offer: Offer | undefined): string {
  const { at = [], isItem, line, why = "" } = offer ?? {};
  const setting = `${at.join(".")} ${isItem === true ? "+=" : "="} ${JSON.stringify(isItem === true ? values : values[0])}`;
  return `${place(line)}${setting}: ${shortened(why)}`;
}

function needlessLine({ line, what, why }: Needless): string {
  return `${place(line)}${shortened(what)}: ${why}`;
}

function leftOverLine({ line, what, todo }: LeftOver): string {
  return `${place(line)}${shortened(what)}: ${todo}`;
}

function checkedLine(diagnostic: Diagnostic): string {
  const { suggestion } = diagnostic;
  return `${printHeadline(diagnostic)}${suggestion === undefined ? "" : `; ${suggestion}`}`;
}

function place(line: number | undefined): string {
  return line === undefined ? "" : `line ${line}: `;
}

function shortened(text: string): string {
  const characters = [...text.replace(/\s+/g, " ").trim()];
  return characters.length > longestWhat
    ? `${characters.slice(0, longestWhat - 1).join("")}…`
    : characters.join("");
}

/** Commands that are the same in many lines of a RUN are said once. */
function distinct(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}
