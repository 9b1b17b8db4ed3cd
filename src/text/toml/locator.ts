import type { SourceFile, Span } from "../source-file.ts";
import { type Entry, type Node, parseDocument } from "./document.ts";

export type TomlPath = readonly (string | number)[];

/**
 * Longer texts than this, in UTF-16 code units, are not searched: it would take more than half a second. A manifest of a
 * thousand packages is about as long.
 */
const longestSearched = 256 * 1024;

/**
 * Finds the entry at a path, as `["deps", "Example"]` or `["deps", "Example", 0, "uuid"]`; the deepest part of the path
 * that is there if the rest is not; and no place in a text that is no TOML. Reads the text at the first call only.
 */
export function locator(file: SourceFile): (path: TomlPath) => Span | undefined {
  let root: Node | undefined | null = null;
  return (path) => {
    if (root === null) {
      root = file.text.length > longestSearched ? undefined : parseDocument(file).value;
    }
    return root === undefined ? undefined : locate(root, path);
  };
}

function locate(root: Node, path: TomlPath): Span {
  let node = root;
  let span = root.span;
  for (const step of path) {
    const next = child(node, step);
    if (next === undefined) {
      return span;
    }
    span = next.span;
    node = "key" in next ? next.value : next;
  }
  return span;
}

function child(node: Node, step: string | number): Entry | Node | undefined {
  if (node.kind === "table" && typeof step === "string") {
    return node.entries.get(step);
  }
  return node.kind === "list" && typeof step === "number" ? node.items[step] : undefined;
}
