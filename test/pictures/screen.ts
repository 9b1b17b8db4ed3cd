import xterm, { type IBufferCell, type IBufferLine } from "@xterm/headless";

/** How text looks. Colours are the 16 that every terminal has, by their number. */
export interface Style {
  readonly colour?: number;
  readonly bold?: true;
  readonly dim?: true;
}

/** Characters of one style, from a column on. */
export interface Span {
  readonly column: number;
  readonly text: string;
  readonly style: Style;
}

export type Line = readonly Span[];

/** More lines than any log has; what a terminal scrolls away beyond them is lost. */
const scrollback = 10_000;

/**
 * What stands in a terminal when all of this was written to it: bytes that a program sent to a terminal, with colours and the
 * movements of the cursor by which a progress display writes over itself. A line that was too long for the terminal is one line.
 */
export async function screenOf(output: string, columns: number): Promise<readonly Line[]> {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows: 60,
    scrollback,
    allowProposedApi: true,
    convertEol: true,
  });
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  const { active } = terminal.buffer;
  const lines: Span[][] = [];
  let shift = 0;
  for (let row = 0; row < active.length; row++) {
    const line = active.getLine(row);
    if (line === undefined) continue;
    shift = line.isWrapped ? shift + columns : 0;
    const spans = spansOf(line).map((span) => ({ ...span, column: span.column + shift }));
    if (line.isWrapped) lines.at(-1)?.push(...spans);
    else lines.push(spans);
  }
  terminal.dispose();
  return lines.slice(0, lines.findLastIndex((line) => line.length > 0) + 1);
}

export function textOf(line: Line): string {
  return line.reduce((text, span) => text.padEnd(span.column) + span.text, "");
}

/** Spans without the blanks at the end of the line. */
function spansOf(line: IBufferLine): Span[] {
  const spans: { column: number; text: string; style: Style }[] = [];
  const end = line.translateToString(true).trimEnd().length;
  for (let column = 0; column < end; column++) {
    const cell = line.getCell(column);
    if (cell === undefined) continue;
    const style = styleOf(cell);
    const last = spans.at(-1);
    if (last !== undefined && isSame(last.style, style)) last.text += cell.getChars() || " ";
    else spans.push({ column, text: cell.getChars() || " ", style });
  }
  return spans;
}

function styleOf(cell: IBufferCell): Style {
  return {
    ...(cell.isFgPalette() && cell.getFgColor() < 16 ? { colour: cell.getFgColor() } : {}),
    ...(cell.isBold() ? { bold: true } : {}),
    ...(cell.isDim() ? { dim: true } : {}),
  };
}

function isSame(left: Style, right: Style): boolean {
  return left.colour === right.colour && left.bold === right.bold && left.dim === right.dim;
}
