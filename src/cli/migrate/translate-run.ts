import { posix } from "node:path";
import { commandAdvice } from "./command-advice.ts";
import type { DockerInstruction, DockerStage } from "./dockerfile.ts";
import { type Finding, leftOver, needless } from "./finding.ts";
import { workdirBefore } from "./image-layout.ts";
import type { MigrationInputs } from "./migration-inputs.ts";
import type { RunCommand } from "./run-command.ts";
import { programName, type ShellCommand, shellCommands } from "./shell-commands.ts";
import { aptPrograms, removedPackages, translateApt } from "./translate-apt.ts";
import { translateJulia } from "./translate-julia.ts";
import { translateMounts } from "./translate-mounts.ts";

/** Every RUN of the stages that the image is made of. */
export function translateRuns(inputs: MigrationInputs): readonly Finding[] {
  const { final, builders } = inputs.used;
  return [
    ...builders.flatMap((stage) => runsOf(stage, true, inputs)),
    ...final.flatMap((stage) => runsOf(stage, false, inputs)),
  ];
}

function runsOf(stage: DockerStage, isOfBuilder: boolean, inputs: MigrationInputs): readonly Finding[] {
  const runs = runInstructions(stage).map((run) => ({ run, commands: shellCommands(run) }));
  const removed = new Set(runs.flatMap(({ commands }) => commands.flatMap(removedPackages)));
  return runs.flatMap(({ run, commands }) => {
    const lines = linesOf(run, commands);
    const place = { workdir: workdirBefore(stage, run), isOfBuilder, removed };
    return [
      ...translateMounts(run),
      ...commands.flatMap((command, index) =>
        translateCommand({ ...command, ...place, line: lines[index] ?? run.line }, inputs),
      ),
    ];
  });
}

/** The lines that commands stand in, as far as their first words say it; otherwise that of the one before. */
function linesOf({ line, source }: DockerInstruction, commands: readonly ShellCommand[]): readonly number[] {
  let last = 0;
  return commands.map(({ words: [program = "", argument = ""] }) => {
    const has = (text: string) =>
      text.includes(program) && (text.includes(argument) || argument.includes("\n"));
    const index = source.findIndex((text, at) => at >= last && has(text));
    last = index === -1 ? last : index;
    return line + last;
  });
}

function translateCommand(command: RunCommand, inputs: MigrationInputs): readonly Finding[] {
  const { words, line, isCondition } = command;
  const name = programName(words[0] ?? "");
  if (isCondition) {
    const todo = "no step of the build depends on a condition: what stands behind it is taken as if it held";
    return [leftOver(line, `RUN if ${words.join(" ")}`, todo)];
  }
  if (name === "julia") return translateJulia(command, inputs);
  if (aptPrograms.has(name)) return translateApt(command);
  return name === "mkdir" ? madeFolders(command, inputs) : commandAdvice(command);
}

function madeFolders(command: RunCommand, { layout }: MigrationInputs): readonly Finding[] {
  const { words, line } = command;
  const what = `RUN ${words.join(" ")}`;
  const project = layout.path ?? "/app";
  const folders = words.slice(1).filter((word) => word.startsWith("/"));
  const isOurs = (folder: string) =>
    project.startsWith(folder) || folder.startsWith(`${project}/`) || /julia|^\/(?:tmp|root)/.test(folder);
  return folders.every(isOurs)
    ? [needless(line, what, "folders of the project and of Julia are made by the build")]
    : [leftOver(line, what, "a folder under [image] volumes is made for the image's user")];
}

/** The paths in the image of all scripts of Julia that are named, so that they can be looked at. */
export function namedScripts(stages: readonly DockerStage[]): readonly string[] {
  const paths = stages.flatMap((stage) =>
    runInstructions(stage).flatMap((run) =>
      shellCommands(run)
        .flatMap(({ words }) => words)
        .filter((word) => /\.jl$/.test(word) && !/\s/.test(word))
        .map((word) => posix.resolve("/", workdirBefore(stage, run), word)),
    ),
  );
  return [...new Set(paths)];
}

function runInstructions({ instructions }: DockerStage): readonly DockerInstruction[] {
  return instructions.filter(({ keyword }) => keyword === "RUN");
}
