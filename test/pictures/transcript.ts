import { type Line, type Style, textOf } from "./screen.ts";

/** The width of the terminal in the pictures. */
export const columns = 96;

/** A recording as a file: what it was made with in the first line, and what stood in the terminal below. */
export function transcriptText(madeWith: string, lines: readonly string[]): string {
  return `Recorded by \`npm run pictures\`: ${madeWith}.\n\n${lines.join("\n").trimEnd()}\n`;
}

/** What stood in the terminal, of a recording's file. */
export function terminalText(transcript: string): string {
  return transcript.slice(transcript.indexOf("\n\n") + 2);
}

/** A line as a terminal would be sent it: colours are escape sequences of ECMA-48, and nothing else is. */
export function lineToText(line: Line): string {
  const pieces = line.map(({ column, text, style }, index) => {
    const before = line[index - 1];
    const blanks = " ".repeat(column - (before === undefined ? 0 : before.column + before.text.length));
    const codes = codesOf(style);
    return codes === "" ? blanks + text : `${blanks}\u001b[${codes}m${text}\u001b[0m`;
  });
  return pieces.join("");
}

/** Parameters of SGR: 1 bold, 2 dim, 30 to 37 and 90 to 97 the colours. */
function codesOf({ colour, bold, dim }: Style): string {
  return [
    ...(bold === true ? ["1"] : []),
    ...(dim === true ? ["2"] : []),
    ...(colour === undefined ? [] : [String(colour < 8 ? 30 + colour : 82 + colour)]),
  ].join(";");
}

/** The line of a person's command. */
export function promptLine(command: string): string {
  return lineToText([
    { column: 0, text: "$", style: { colour: 2, bold: true } },
    { column: 2, text: command, style: { bold: true } },
  ]);
}

/** A remark between the commands, as a shell takes one. */
export function remarkLine(text: string): string {
  return lineToText([{ column: 0, text: `# ${text}`, style: { colour: 8 } }]);
}

/**
 * What a picture shows of a transcript. Of a build only the steps that a person knows by their names are left, and what the
 * two that run Julia print, but for tables; for the others stands how many lines they are. A line that is too long ends with a
 * mark.
 */
export function shortened(lines: readonly Line[]): readonly Line[] {
  const kept: Line[] = [];
  let command = "";
  let hidden = 0;
  const told = new Set<string>();
  const tellHidden = () => {
    if (hidden > 0) kept.push(mark(hidden));
    hidden = 0;
  };
  for (const line of lines) {
    const text = textOf(line);
    const isCommand = /^[$#] \S/.test(text);
    const log = isCommand ? undefined : logOf(command);
    if (log !== undefined && text === "") continue;
    if (log !== undefined && isLeftOut(text, log, told)) {
      hidden++;
      continue;
    }
    tellHidden();
    if (isCommand && logOf(command) !== undefined) kept.push([]);
    if (isCommand) command = text;
    kept.push(cut(line));
  }
  tellHidden();
  return kept;
}

/** How a command shows the progress of a build; `undefined` for one that does not build. */
function logOf(command: string): "terminal" | "plain" | undefined {
  if (!command.startsWith("$ docker buildx build")) return undefined;
  return command.includes("--progress=plain") ? "plain" : "terminal";
}

/** @param told numbers of the steps in a log of plain progress whose lines are shown; a step is added where it begins */
function isLeftOut(text: string, log: "terminal" | "plain", told: Set<string>): boolean {
  if (log === "terminal")
    return !/^\[\+\] Building |^ => (?:CACHED )?\[(?:base|image|depot|app)\] /.test(text);
  const [, number = "", rest = ""] = /^#(\d+) (.*)/.exec(text) ?? [];
  if (/^\[(?:depot|app)\] (?:install|compile|check) /.test(rest)) told.add(number);
  // A time, an indented word and a gap, as in `0.912   Almanac      1.1.0`.
  const isRowOfTable = /^[\d.]+ {3}\S+ {2}/.test(rest);
  return !told.has(number) || isRowOfTable;
}

function mark(hidden: number): Line {
  return [{ column: 1, text: `⋮ ${hidden} ${hidden === 1 ? "line" : "lines"}`, style: { colour: 8 } }];
}

function cut(line: Line): Line {
  if (textOf(line).length <= columns) return line;
  const inside = line
    .filter(({ column }) => column < columns - 1)
    .map((span) => ({ ...span, text: span.text.slice(0, columns - 1 - span.column) }));
  return [...inside, { column: columns - 1, text: "…", style: { colour: 8 } }];
}
