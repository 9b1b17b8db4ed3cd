import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseAst } from "vitest/node";

/** One file of the source that takes something from another. Paths are relative to the folder of the source. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** Whether it takes types alone, of which nothing is left in the bundle. */
  readonly isOfTypes: boolean;
}

/** Every import between the TypeScript files of a folder, of types and of what is loaded later too. */
export function importsIn(folder: string): readonly Import[] {
  return typescriptIn(folder).flatMap((from) => importsOf(from, readFileSync(join(folder, from), "utf8")));
}

/** Without declarations and without what is generated. */
function typescriptIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts") && !path.includes("/gen/"))
    .sort();
}

/** What the TypeScript files of a folder export, by name, with the files that do; what they hand on from others left out. */
export function exportsIn(folder: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of typescriptIn(folder)) {
    for (const { type, declaration } of parseAst(readFileSync(join(folder, path), "utf8"), { lang: "ts" })
      .body as unknown as readonly SyntaxNode[]) {
      for (const name of type === "ExportNamedDeclaration" ? namesOf(declaration as SyntaxNode | null) : []) {
        found.set(name, [...(found.get(name) ?? []), path]);
      }
    }
  }
  return found;
}

function namesOf(declaration: SyntaxNode | null): readonly string[] {
  const declared = (declaration?.declarations ?? [declaration]) as readonly (SyntaxNode | null)[];
  return declared.flatMap((each) => {
    const name = (each?.id as SyntaxNode | undefined)?.name;
    return typeof name === "string" ? [name] : [];
  });
}

function importsOf(from: string, text: string): readonly Import[] {
  const found: Import[] = [];
  visit(parseAst(text, { lang: "ts" }), (node) => {
    const source = (node.source as SyntaxNode | undefined)?.value;
    if (typeof source === "string" && source.startsWith(".")) {
      const to = posix.join(posix.dirname(from), source);
      found.push({ from, to, isOfTypes: isOfTypes(node) });
    }
  });
  return found;
}

/** What is looked at of a node of ESTree with TypeScript: https://github.com/estree/estree */
interface SyntaxNode {
  readonly [member: string]: unknown;
}

function visit(node: unknown, look: (node: SyntaxNode) => void): void {
  if (typeof node !== "object" || node === null) {
    return;
  }
  if ("type" in node) look(node as SyntaxNode);
  for (const inner of Object.values(node)) visit(inner, look);
}

function isOfTypes({ importKind, exportKind, specifiers }: SyntaxNode): boolean {
  const names = (specifiers ?? []) as readonly SyntaxNode[];
  return (
    importKind === "type" ||
    exportKind === "type" ||
    (names.length > 0 && names.every((name) => name.importKind === "type" || name.exportKind === "type"))
  );
}
