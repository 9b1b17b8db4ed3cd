/**
 * A statement of a Julia program, as far as it is told apart here. There is no parser of Julia for this runtime that would be
 * small enough for the frontend image: statements are told apart by the brackets and strings around them, and a call by its name.
 */
export type JuliaStatement =
  | { readonly kind: "using"; readonly packages: readonly string[]; readonly text: string }
  | {
      readonly kind: "call";
      /** With the modules it is in, such as `Pkg.Registry.add`. */
      readonly name: string;
      readonly argumentText: string;
      readonly text: string;
    }
  /** Sets a variable of the environment. */
  | { readonly kind: "variable"; readonly name: string; readonly value: string; readonly text: string }
  | { readonly kind: "other"; readonly text: string };

const usingForm = /^(?:using|import)\s+(.+)$/s;
/** With a dot behind the name it is a call for each of a list. */
const callForm = /^([A-Za-z_][\w!]*(?:\.[A-Za-z_][\w!]*)*)\.?\s*\((.*)\)$/s;
const variableForm = /^ENV\["(\w+)"\]\s*=\s*"([^"]*)"$/s;
const packageModeForm = /^pkg"([^"]*)"$/s;
const assignedForm = /^(?:const\s+)?[A-Za-z_]\w*\s*=(?!=)\s*(.+)$/s;

export function juliaStatements(code: string): readonly JuliaStatement[] {
  return splitStatements(code).map(readStatement);
}

function readStatement(text: string): JuliaStatement {
  const packages = usingForm.exec(text)?.[1];
  if (packages !== undefined) {
    const names = packages.split(/[,:]/).map((name) => name.trim());
    return { kind: "using", packages: packages.includes(":") ? names.slice(0, 1) : names, text };
  }
  const [, variable, value = ""] = variableForm.exec(text) ?? [];
  if (variable !== undefined) return { kind: "variable", name: variable, value, text };
  const packageMode = packageModeForm.exec(text)?.[1];
  if (packageMode !== undefined) {
    const [name = "", ...words] = packageMode.trim().split(/\s+/);
    return { kind: "call", name: `Pkg.${name}`, argumentText: words.map((word) => `"${word}"`).join(), text };
  }
  const [, name, argumentText = ""] = callForm.exec(assignedForm.exec(text)?.[1] ?? text) ?? [];
  return name === undefined ? { kind: "other", text } : { kind: "call", name, argumentText, text };
}

/** A string among the arguments of a call. */
export interface JuliaString {
  /** The keyword that it is given to. */
  readonly keyword?: string;
  readonly text: string;
}

export function stringsIn(argumentText: string): readonly JuliaString[] {
  const found = argumentText.matchAll(/(?:([A-Za-z_]\w*)\s*=\s*\[?\s*)?"((?:[^"\\]|\\.)*)"/gs);
  return [...found].map(([, keyword, text = ""]) => ({
    ...(keyword === undefined ? {} : { keyword }),
    text,
  }));
}

const opening = "([{";
const closing = ")]}";
/** Blocks of Julia end with a word: what stands in one is a statement with it. */
const blockStart = /^(?:if|for|while|try|begin|let|function|macro|struct|module|baremodule|quote|do)$/;

/** Cuts at line ends and semicolons that are neither in a string, nor in brackets, nor in a block. */
function splitStatements(code: string): readonly string[] {
  const statements: string[] = [];
  let current = "";
  let depth = 0;
  let word = "";
  const end = () => {
    if (current.trim() !== "") statements.push(current.trim());
    current = "";
  };
  for (let index = 0; index < code.length; ) {
    const skipped = stringOrComment(code, index);
    const piece = skipped ?? code.charAt(index);
    index += piece.length;
    const isWord = /^\w$/.test(piece);
    word = isWord ? word + piece : word;
    if (!isWord && word !== "") {
      if (blockStart.test(word)) depth += 1;
      else if (word === "end") depth = Math.max(0, depth - 1);
      word = "";
    }
    if (opening.includes(piece)) depth += 1;
    else if (closing.includes(piece)) depth = Math.max(0, depth - 1);
    if (depth === 0 && (piece === ";" || piece === "\n")) end();
    else if (!piece.startsWith("#")) current += piece;
  }
  end();
  return statements;
}

/** The whole string or comment that begins there. */
function stringOrComment(code: string, index: number): string | undefined {
  const form = /"""(?:[^\\]|\\.)*?"""|"(?:[^"\\]|\\.)*"|#=.*?=#|#[^\n]*/suy;
  form.lastIndex = index;
  return form.exec(code)?.[0];
}
