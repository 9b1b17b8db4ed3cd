/**
 * A Julia program without its comments and docstrings, which are read here and not in a container. Every build sends its programs
 * to BuildKit and gets them back; and steps whose programs differ by a comment are one step. Lines keep their numbers.
 */
export function withoutComments(program: string): string {
  const lines: string[] = [];
  let inside: "code" | "string" | "docstring" = "code";
  for (const line of program.split("\n")) {
    const isOpen = line.split('"""').length % 2 === 0;
    if (inside === "code") {
      lines.push(isCommentOrDocstring(line) ? "" : line);
      if (isOpen) inside = line.startsWith('"""') ? "docstring" : "string";
    } else {
      lines.push(inside === "string" ? line : "");
      if (isOpen) inside = "code";
    }
  }
  return lines.join("\n");
}

/** A string at the start of a line is no part of an expression, so it documents what comes next. */
function isCommentOrDocstring(line: string): boolean {
  return /^\s*#/.test(line) || /^"/.test(line);
}
