import { posix } from "node:path";
import { asSpecText } from "./expand-variables.ts";
import { type Finding, leftOver, needless } from "./finding.ts";
import { readJuliaArguments } from "./julia-arguments.ts";
import { type JuliaStatement, juliaStatements, stringsIn } from "./julia-statements.ts";
import type { MigrationInputs } from "./migration-inputs.ts";
import type { RunCommand } from "./run-command.ts";
import { translatePkg } from "./translate-pkg.ts";
import { translateVariable } from "./translate-variables.ts";

/** A `julia` that runs while the image is built. */
export function translateJulia(command: RunCommand, inputs: MigrationInputs): readonly Finding[] {
  const set = command.assignments.map((word) => {
    const [name = "", ...value] = word.split("=");
    return buildVariable(name, value.join("="), command.line);
  });
  return [...set, ...programFindings(command, inputs)];
}

function programFindings(command: RunCommand, inputs: MigrationInputs): readonly Finding[] {
  const { words, line } = command;
  const what = `RUN ${words.join(" ")}`;
  const { runs } = readJuliaArguments(words.slice(1));
  if (runs.kind === "code") return codeFindings(runs.text, command, inputs);
  if (runs.kind === "prompt") {
    return words.some((word) => /^(?:-v|--version|-h|--help)$/.test(word))
      ? []
      : [
          leftOver(
            line,
            what,
            "what it reads is not to be seen: write it into deps/build.jl of a package, which a build runs",
          ),
        ];
  }
  const script =
    runs.kind === "script" ? inputs.scripts.get(posix.resolve("/", command.workdir, runs.path)) : undefined;
  return script === undefined
    ? [leftOver(line, what, ownCode)]
    : scriptFindings(what, script, command, inputs);
}

const ownCode =
  "a build runs no script of your own but deps/build.jl of packages and the `workload` under [precompile]: put it there";

function scriptFindings(
  what: string,
  script: { readonly path: string; readonly text: string },
  command: RunCommand,
  inputs: MigrationInputs,
): readonly Finding[] {
  const { line } = command;
  const statements = juliaStatements(script.text);
  const known = statements
    .flatMap((statement) => knownStatement(statement, command, inputs) ?? [])
    .filter((finding) => finding.kind !== "needless");
  const isKnown = statements.every((statement) => knownStatement(statement, command, inputs) !== undefined);
  return [
    ...known,
    ...(isKnown
      ? [needless(line, what, `what ${script.path} does is done by the build`)]
      : [leftOver(line, what, ownCode)]),
  ];
}

function codeFindings(code: string, command: RunCommand, inputs: MigrationInputs): readonly Finding[] {
  return juliaStatements(code).flatMap(
    (statement) =>
      knownStatement(statement, command, inputs) ?? [leftOver(command.line, statement.text, ownCode)],
  );
}

/** A variable of the command alone; the depot that a single command works on is not that of the image. */
function buildVariable(name: string, value: string, line: number): Finding {
  return name === "JULIA_DEPOT_PATH"
    ? needless(line, `${name} of a command`, "the build has a depot of its own")
    : translateVariable({ name, value, line, variables: new Map(), isOfBuild: true });
}

/** Calls that leave nothing behind. */
const saying =
  /^(?:println|print|versioninfo|InteractiveUtils\.versioninfo|exit|error|Base\.compilecache|sleep|GC\.gc|empty!|push!|pushfirst!)$/;

/** Undefined for what is not known here. */
function knownStatement(
  statement: JuliaStatement,
  command: RunCommand,
  inputs: MigrationInputs,
): readonly Finding[] | undefined {
  const { line } = command;
  const { text } = statement;
  if (statement.kind === "using") {
    const loaded = statement.packages.filter((name) => name !== "Pkg" && name !== "PackageCompiler");
    return loaded.length === 0
      ? []
      : [needless(line, text, "the build compiles and loads the project's packages")];
  }
  if (statement.kind === "variable") return [buildVariable(statement.name, statement.value, line)];
  if (statement.kind === "other") return /^@(?:info|show|time|warn|debug)\b/.test(text) ? [] : undefined;
  const { name, argumentText } = statement;
  if (name.startsWith("Pkg.")) return translatePkg(statement, line, inputs);
  const called = name.slice(name.lastIndexOf(".") + 1);
  if (["create_sysimage", "create_app", "create_library"].includes(called)) {
    return systemImage(called, argumentText, command, inputs);
  }
  if (/^(?:Conda|CondaPkg|PyCall|PythonCall|IJulia)\.|^installkernel$/.test(name)) {
    return [leftOver(line, text, "docs/packages-that-need-more.md says how Python and notebooks are given")];
  }
  return saying.test(name) || called === "precompile" ? [] : undefined;
}

/** A script that PackageCompiler runs to see what has to be compiled is a workload. */
function systemImage(
  called: string,
  argumentText: string,
  command: RunCommand,
  { layout, folder }: MigrationInputs,
): readonly Finding[] {
  const { line, workdir } = command;
  const what = `${called} of PackageCompiler`;
  const script = stringsIn(argumentText).find(({ keyword }) => keyword === "precompile_execution_file")?.text;
  if (called !== "create_sysimage") {
    return [leftOver(line, what, "the project is run by the image's Julia: name its module as `module`")];
  }
  if (script === undefined) {
    return [
      leftOver(
        line,
        what,
        "packages are compiled without it; a [precompile] `workload` that does once what a container does first keeps what is compiled for that (docs/first-request.md)",
      ),
    ];
  }
  const path = posix.relative(layout.path ?? workdir, posix.resolve("/", workdir, script));
  const names = [...(folder?.manifest?.packages.values() ?? [])].map(({ name }) => name);
  return [
    {
      kind: "offer",
      at: ["precompile", "workload"],
      value: asSpecText(path),
      line,
      why: "the precompile_execution_file of create_sysimage",
    },
    ...(folder?.manifest !== undefined && !names.includes("PrecompileTools")
      ? [leftOver(line, what, "a workload needs PrecompileTools: add it to the project")]
      : []),
  ];
}
