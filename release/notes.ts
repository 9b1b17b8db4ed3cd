import { UserError } from "../src/text/user-error.ts";

/**
 * What CHANGELOG.md says of a version: the text below its heading `## 1.2.3 (2027-01-31)`, up to the next one.
 *
 * @throws UserError if it has no such heading, or nothing below it
 */
export function notesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => /^\S+/.exec(text)?.[0] === version);
  const notes = section?.replace(/^.*\n/, "").trim() ?? "";
  if (notes === "") throw new UserError(`CHANGELOG.md says nothing below \`## ${version}\``);
  return `${notes}\n`;
}
