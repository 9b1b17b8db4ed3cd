import { type ControlOperator, type ParseEntry, parse } from "shell-quote";
import type { DockerInstruction } from "./dockerfile.ts";
import { expandVariables } from "./expand-variables.ts";

/** A simple command of a shell: a program with its arguments. */
export interface ShellCommand {
  /** A variable that the Dockerfile does not set stays as it is written. */
  readonly words: readonly string[];
  /** The `NAME=value` before the program. */
  readonly assignments: readonly string[];
  /** Whether its output goes to a file. */
  readonly writesFile: boolean;
  /** Whether it decides if others run. */
  readonly isCondition?: true;
}

/** Stands for the end of a line, which the lexer takes for a space. No Dockerfile has the character. */
const lineEnd = "\u0001";

/** Words of the shell that only lead to other commands. */
const leading = new Set([
  "if",
  "then",
  "else",
  "elif",
  "do",
  "while",
  "until",
  "!",
  "{",
  "}",
  "fi",
  "done",
  "time",
  "exec",
]);

/** Programs that run the one that their arguments name, after options. */
const wrappers = new Set(["sudo", "nice", "env", "xvfb-run", "tini", "dumb-init"]);
/** Their options whose value is the next word. */
const wrapperValues = new Set(["-n", "-u", "-g", "-a"]);
const conditions = new Set(["if", "elif", "while", "until"]);
export const shells = new Set(["sh", "bash", "dash", "zsh"]);

/** The commands of a RUN, or of the shell form of another instruction, in their order. */
export function shellCommands(instruction: DockerInstruction): readonly ShellCommand[] {
  const { json, heredoc, text, variables } = instruction;
  if (json !== undefined) return unwrapped({ words: json, assignments: [], writesFile: false });
  const known = (name: string) => {
    const written = `\${${name}}`;
    const { plain, unknown } = expandVariables(written, variables);
    return unknown.length === 0 ? plain : written;
  };
  if (heredoc === undefined) return commandsIn(text, known).flatMap(unwrapped);
  if (text.startsWith("<<")) return commandsIn(heredoc, known).flatMap(unwrapped);
  const [command = ""] = text.split("\n", 1);
  return commandsIn(command, known)
    .flatMap(unwrapped)
    .map((one) => withInput(one, heredoc));
}

/** A program of Julia that is handed over on stdin is like one in an argument. */
function withInput(command: ShellCommand, input: string): ShellCommand {
  const [program = ""] = command.words;
  return programName(program) === "julia"
    ? { ...command, words: [...command.words.filter((word) => word !== "-"), "-e", input] }
    : command;
}

type Lookup = (name: string) => string;

function commandsIn(text: string, known: Lookup): readonly ShellCommand[] {
  const marked = text.replaceAll(lineEnd, "").replaceAll("\n", ` ${lineEnd} `);
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let writesFile = false;
  let redirects: string | undefined;
  const end = () => {
    if (words.length > 0) commands.push({ words, assignments: [], writesFile });
    words = [];
    writesFile = false;
    redirects = undefined;
  };
  for (const entry of entriesOf(marked, known)) {
    const word = wordOf(entry);
    if (word === lineEnd) {
      end();
    } else if (word === undefined) {
      const { op } = entry as ControlOperator;
      if (/[<>]/.test(op)) redirects = op;
      else end();
    } else if (redirects !== undefined) {
      writesFile ||= redirects.includes(">") && !/^(?:\/dev\/|\d|-$)/.test(word);
      redirects = undefined;
    } else {
      words.push(word.replaceAll(` ${lineEnd} `, "\n"));
    }
  }
  end();
  return commands;
}

/** The lexer takes a comment to end with the text, and throws for a variable without end. */
function entriesOf(text: string, known: Lookup): readonly ParseEntry[] {
  const entries: ParseEntry[] = [];
  for (let rest: string | undefined = text; rest !== undefined; ) {
    const read = readEntries(rest, known);
    const last: ParseEntry | undefined = read.at(-1);
    const comment: string | undefined =
      typeof last === "object" && "comment" in last ? last.comment : undefined;
    entries.push(...(comment === undefined ? read : read.slice(0, -1)));
    const next: number = comment?.indexOf(lineEnd) ?? -1;
    rest = comment === undefined || next === -1 ? undefined : comment.slice(next);
  }
  return entries;
}

function readEntries(text: string, known: Lookup): readonly ParseEntry[] {
  try {
    return parse(text, known, { splitUnquoted: true });
  } catch {
    return [text];
  }
}

/** Undefined for an operator. */
function wordOf(entry: ParseEntry): string | undefined {
  if (typeof entry === "string") return entry;
  if ("pattern" in entry) return entry.pattern;
  return "comment" in entry ? "" : undefined;
}

/** The command without what stands before its program; the commands of a text that is handed to a shell. */
function unwrapped({ words, assignments: outer, writesFile }: ShellCommand): readonly ShellCommand[] {
  const start = words.findIndex((word) => !leading.has(word) && !assignment.test(word));
  const [program = "", ...rest] = start === -1 ? [] : words.slice(start);
  if (program === "") return [];
  const before = words.slice(0, start);
  const assignments = [...outer, ...before.filter((word) => assignment.test(word))];
  const command = { words: [program, ...rest], assignments, writesFile };
  if (before.some((word) => conditions.has(word))) return [{ ...command, isCondition: true }];
  const name = programName(program);
  if (shells.has(name) && /^-\w*c$/.test(rest[0] ?? "")) {
    return commandsIn(rest[1] ?? "", (variable) => `\${${variable}}`).flatMap(unwrapped);
  }
  const behind = rest.findIndex(
    (word, index) => !word.startsWith("-") && !wrapperValues.has(rest[index - 1] ?? ""),
  );
  return wrappers.has(name) && behind !== -1
    ? unwrapped({ words: rest.slice(behind), assignments, writesFile })
    : [command];
}

const assignment = /^\w+=/;

/** The last part of the path by which a program is named. */
export function programName(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1);
}
