import { posix } from "node:path";
import type { DockerInstruction } from "./dockerfile.ts";
import { asSpecText } from "./expand-variables.ts";
import { type Finding, leftOver, needless, type Offer } from "./finding.ts";
import type { ImageLayout } from "./image-layout.ts";
import { type JuliaArguments, readJuliaArguments } from "./julia-arguments.ts";
import { juliaStatements, stringsIn } from "./julia-statements.ts";
import type { MigrationInputs } from "./migration-inputs.ts";
import { programName, type ShellCommand, shellCommands, shells } from "./shell-commands.ts";
import { commandWords } from "./translate-image-keys.ts";

/** What a container starts: ENTRYPOINT and CMD of the last stage. */
export function translateProgram({ used, layout }: MigrationInputs): readonly Finding[] {
  const instructions = used.final.flatMap((stage) => stage.instructions);
  const entrypoint = instructions.findLast(({ keyword }) => keyword === "ENTRYPOINT");
  const cmd = instructions.findLast(({ keyword }) => keyword === "CMD");
  const started = startedJulia(entrypoint, cmd);
  const simple = started === undefined ? undefined : simpleProgram(started, layout);
  if (simple !== undefined) return simple;
  return [
    ...(entrypoint === undefined ? [] : wordsAsTheyAre(entrypoint, "entrypoint", layout)),
    ...(cmd === undefined || isPlainJulia(cmd, entrypoint) || isIgnored(cmd, entrypoint)
      ? []
      : wordsAsTheyAre(cmd, "cmd", layout)),
    ...(entrypoint === undefined && cmd === undefined
      ? [
          leftOver(
            used.final.at(-1)?.line ?? 1,
            "no ENTRYPOINT and no CMD",
            "the image starts Julia's prompt: `main` or `module` change that",
          ),
        ]
      : []),
  ];
}

interface StartedJulia {
  readonly line: number;
  readonly what: string;
  /** The words behind `julia`. */
  readonly words: readonly string[];
  /** How many of them are of CMD, which the arguments of `docker run` replace. */
  readonly replaced: number;
  readonly isCmdAlone: boolean;
}

/** The one command that is started, if that is `julia` and no shell is needed for it. */
function startedJulia(
  entrypoint: DockerInstruction | undefined,
  cmd: DockerInstruction | undefined,
): StartedJulia | undefined {
  const first = entrypoint ?? cmd;
  if (first === undefined) return undefined;
  const words = plainWords(first);
  // The shell form of ENTRYPOINT takes no arguments.
  const behind = entrypoint === undefined || entrypoint.json === undefined ? [] : (cmd?.json ?? []);
  if (words === undefined || programName(words[0] ?? "") !== "julia") return undefined;
  if (entrypoint?.json !== undefined && cmd !== undefined && cmd.json === undefined) return undefined;
  return {
    line: first.line,
    what: `${first.keyword} ${first.text}`,
    words: [...words.slice(1), ...behind],
    replaced: behind.length,
    isCmdAlone: entrypoint === undefined,
  };
}

function plainWords(instruction: DockerInstruction): readonly string[] | undefined {
  if (instruction.json !== undefined) return withoutWrapper(instruction.json);
  if (isBrokenJson(instruction)) return undefined;
  const [command, ...others] = shellCommands(instruction);
  const isPlain = command !== undefined && others.length === 0 && !command.writesFile && !needsShell(command);
  return isPlain ? command.words : undefined;
}

/** Docker takes it for a command of a shell, which is hardly meant. */
function isBrokenJson({ json, text }: DockerInstruction): boolean {
  return json === undefined && text.startsWith("[");
}

function needsShell({ words }: ShellCommand): boolean {
  return words.some((word) => /[$`]/.test(word));
}

/** The JSON form of `sh -c "julia …"` is the shell form of the same. */
function withoutWrapper(words: readonly string[]): readonly string[] | undefined {
  const instruction: DockerInstruction = {
    keyword: "CMD",
    line: 1,
    source: [],
    text: "",
    flags: [],
    words: [],
    json: words,
    properties: [],
    variables: new Map(),
  };
  const [command, ...others] = shellCommands(instruction);
  const isUnwrapped =
    command !== undefined &&
    command.words.length < words.length &&
    others.length === 0 &&
    !needsShell(command);
  return isUnwrapped && programName(command.words[0] ?? "") === "julia" ? command.words : words;
}

/** The keys for a script, a module or the prompt; undefined if there are none for this command. */
function simpleProgram(started: StartedJulia, layout: ImageLayout): readonly Finding[] | undefined {
  const read = readJuliaArguments(started.words);
  const program = programKey(read, layout);
  if (program === undefined || read.unknown.length > 0) return undefined;
  const { line, what } = started;
  const offer = (at: readonly string[], value: Offer["value"], isItem?: true): Offer => ({
    ...{ kind: "offer", at, value, line, why: what },
    ...(isItem === undefined ? {} : { isItem }),
  });
  const args = program.kind === "prompt" ? [] : read.rest;
  return [
    ...(program.kind === "prompt" ? [] : [offer([program.kind], asSpecText(program.value))]),
    ...(args.length === 0 ? [] : [offer(["image", "cmd"], args.map(asSpecText))]),
    ...read.settings.map(({ at, value, isItem }) =>
      offer(at, typeof value === "string" ? asSpecText(value) : value, isItem),
    ),
    ...read.needless.map(({ flag, why }) => needless(line, flag, why)),
    ...(program.kind !== "prompt" && started.isCmdAlone
      ? [
          needless(
            line,
            "CMD as the command of `docker run`",
            "the program is the entry point, and what stands behind the image's name are its arguments; `--entrypoint` starts another",
          ),
        ]
      : []),
    ...(!started.isCmdAlone && args.length > started.replaced
      ? [
          leftOver(
            line,
            what,
            "the arguments are `[image] cmd` now, which the arguments of `docker run` replace",
          ),
        ]
      : []),
  ];
}

type ProgramKey = { readonly kind: "main" | "module"; readonly value: string } | { readonly kind: "prompt" };

function programKey({ runs, rest }: JuliaArguments, layout: ImageLayout): ProgramKey | undefined {
  switch (runs.kind) {
    case "prompt":
      return { kind: "prompt" };
    case "module":
      return { kind: "module", value: runs.name };
    case "script":
      return scriptKey(runs.path, layout);
    default:
      return rest.length === 0 ? codeKey(runs.text, layout) : undefined;
  }
}

function scriptKey(path: string, { workdir, path: project }: ImageLayout): ProgramKey | undefined {
  const relative = posix.relative(project ?? workdir, posix.resolve("/", workdir, path));
  return relative.startsWith("..") || relative === "" ? undefined : { kind: "main", value: relative };
}

/** `using X; X.main()` runs a module, and `include("x.jl")` a script. Another function than `main` has no key. */
function codeKey(code: string, layout: ImageLayout): ProgramKey | undefined {
  const all = juliaStatements(code);
  const statements = all.filter(({ kind, text }) => kind !== "using" && !/^Pkg\.activate\(/.test(text));
  const [only, ...others] = statements;
  if (only?.kind !== "call" || others.length > 0) return undefined;
  if (only.name === "include") {
    const [file] = stringsIn(only.argumentText);
    return file === undefined ? undefined : scriptKey(file.text, layout);
  }
  const [within, called] = splitAtLast(only.name, ".");
  const used = all
    .flatMap((one) => (one.kind === "using" ? one.packages : []))
    .filter((name) => name !== "Pkg");
  const module = within === "" && used.length === 1 ? (used[0] ?? "") : within;
  return called === "main" && module !== "" && ["", "ARGS"].includes(only.argumentText.trim())
    ? { kind: "module", value: module }
    : undefined;
}

function splitAtLast(text: string, separator: string): readonly [string, string] {
  const at = text.lastIndexOf(separator);
  return at === -1 ? ["", text] : [text.slice(0, at), text.slice(at + 1)];
}

/** CMD `julia` is what the image starts by itself. */
function isPlainJulia(cmd: DockerInstruction, entrypoint: DockerInstruction | undefined): boolean {
  return entrypoint === undefined && plainWords(cmd)?.join(" ") === "julia";
}

/** The shell form of ENTRYPOINT takes no arguments from CMD (Dockerfile reference, "Shell form ENTRYPOINT example"). */
function isIgnored(cmd: DockerInstruction, entrypoint: DockerInstruction | undefined): boolean {
  return cmd !== entrypoint && entrypoint !== undefined && entrypoint.json === undefined;
}

function wordsAsTheyAre(
  instruction: DockerInstruction,
  key: "entrypoint" | "cmd",
  { path }: ImageLayout,
): readonly Finding[] {
  const { keyword, text, line } = instruction;
  const words = plainWords(instruction) ?? commandWords(instruction);
  const what = `${keyword} ${text}`;
  if (words.length === 0) return [];
  if (words.length === 1 && shells.has(programName(words[0] ?? ""))) {
    return [
      leftOver(
        line,
        what,
        "the image starts Julia's prompt: `main` or `module` change that, and `docker run --entrypoint` starts a shell",
      ),
    ];
  }
  if (juliaStatements(words.at(-1) ?? "").some((one) => one.kind === "call" && one.name === "Pkg.test")) {
    return [leftOver(line, what, "`--target test` runs the tests; the image itself starts Julia's prompt")];
  }
  const flags = words.find((word) => /^(?:-J|--sysimage)/.test(word));
  return [
    { kind: "offer", at: ["image", key], value: words.map(asSpecText), line, why: `${keyword}, as it is` },
    ...(flags === undefined
      ? []
      : [leftOver(line, what, `\`${flags}\` names a system image, which is not there: leave it out`)]),
    leftOver(line, what, hintFor(instruction, words, path)),
  ];
}

function hintFor(instruction: DockerInstruction, words: readonly string[], path = "/app"): string {
  if (isBrokenJson(instruction)) return "it is no JSON, so that a shell gets it as it is: mend the list";
  if (!/\bjulia\b/.test(words.join(" ")))
    return `the program has to be in the base image, or in the project at ${path}`;
  const [command] = shellCommands(instruction);
  if (instruction.json === undefined && command !== undefined && needsShell(command)) {
    return "the command is kept as it is, for its variables; a program that reads them from `ENV` by itself can be named as `main` or `module`";
  }
  const called = juliaStatements(words.at(-1) ?? "").findLast(
    (one) => one.kind === "call" && !one.name.startsWith("Pkg."),
  );
  const [module] = splitAtLast(called?.kind === "call" ? called.name : "", ".");
  return module === ""
    ? "the command is kept as it is; `main` or `module` in its place, if one of them says the same, is started with what [run] and [precompile] say"
    : `the command is kept as it is; \`module = ${JSON.stringify(module)}\` in its place starts \`${module}.main\`, if there is one`;
}
