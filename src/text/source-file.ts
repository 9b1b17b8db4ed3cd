/** A text that a person wrote and that diagnostics can point into. */
export interface SourceFile {
  /** The name shown to the person: the path within the build context, with forward slashes. */
  readonly name: string;
  readonly text: string;
}

/**
 * A place in a text.
 *
 * `line` counts from 1 and `character` from 0, as in BuildKit's `pb.Position`. Characters are UTF-16 code units,
 * the unit of JavaScript strings and of the Language Server Protocol; BuildKit itself prints whole lines only.
 */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The text from `start` up to, but not including, `end`. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** The first line of a text: where a diagnostic points that concerns something absent. */
export function firstLine(text: string): Span {
  const newline = text.search(/\r?\n/);
  const length = newline === -1 ? text.length : newline;
  return { start: { line: 1, character: 0 }, end: { line: 1, character: length } };
}

export function comparePositions(left: Position, right: Position): number {
  return left.line - right.line || left.character - right.character;
}
