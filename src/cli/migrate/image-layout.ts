import { posix } from "node:path";
import { cleanPath } from "../../project/clean-path.ts";
import { projectFileNames } from "../../project/file-names.ts";
import { type DockerInstruction, type DockerStage, lineOfStages } from "./dockerfile.ts";
import { expandVariables } from "./expand-variables.ts";
import { shellCommands } from "./shell-commands.ts";
import type { UsedStages } from "./used-stages.ts";

/** Where things are, in the build context and in the image of the Dockerfile. */
export interface ImageLayout {
  /** Folder of the project in the build context. */
  readonly project: string;
  /** Where the Dockerfile puts the project; `undefined` if that is not to be seen. */
  readonly path: string | undefined;
  /** The line that says so. */
  readonly pathLine: number | undefined;
  /** The folder in which the image starts. */
  readonly workdir: string;
  readonly workdirLine: number | undefined;
}

/** A file or folder of the build context that a COPY or ADD puts into a stage. */
export interface CopiedPath {
  /** In the build context. */
  readonly source: string;
  /** In the image. */
  readonly destination: string;
}

/** @param known folder of the project, if the build context was looked at */
export function findLayout({ final, builders }: UsedStages, known: string | undefined): ImageLayout {
  const project = known ?? namedProject([...final, ...builders]) ?? ".";
  const places = [final, builders].map((stages) => placesOf(stages, project));
  const found = places.find((place) => place.length > 0)?.at(-1);
  const { workdir, line } = workdirAtEnd(final);
  const usable = workdir === "/" ? undefined : workdir;
  return {
    project,
    path: found?.path ?? usable,
    pathLine: found === undefined ? (usable === undefined ? undefined : line) : found.line,
    workdir,
    workdirLine: line,
  };
}

/** The folder whose Project.toml is copied by its name, or that a `--project=` names. */
export function namedProject(stages: readonly DockerStage[]): string | undefined {
  const copied = stages.flatMap(copiesIn);
  const file = copied.find(({ source }) => isProjectFile(source));
  if (file !== undefined) return posix.dirname(file.source);
  const flags = stages.flatMap(projectFlags);
  const [found] = flags.flatMap((path) =>
    copied
      .filter(({ destination }) => path === destination || path.startsWith(`${destination}/`))
      .map(({ source, destination }) => posix.join(source, posix.relative(destination, path)))
      .filter((project) => project !== "."),
  );
  return found;
}

/** The folders in the image that `julia --project=…` names. */
function projectFlags(stage: DockerStage): readonly string[] {
  return stage.instructions
    .filter(({ keyword }) => ["RUN", "CMD", "ENTRYPOINT"].includes(keyword))
    .flatMap((instruction) =>
      shellCommands(instruction)
        .flatMap(({ words }) => words)
        .flatMap((word) => /^--project=([^@].*)$/.exec(word)?.[1] ?? [])
        .map((path) => posix.resolve("/", workdirBefore(stage, instruction), path)),
    );
}

/** Where the project is put, best at the end: its folder as a whole, or else Project.toml by name. */
function placesOf(stages: readonly DockerStage[], project: string) {
  const copied = stages.flatMap(copiesIn);
  const folders = copied
    .filter(({ source }) => source === project || holds(source, project))
    .map(({ source, destination, line }) => ({
      path: posix.join(destination, posix.relative(source, project)),
      line,
    }));
  const files = copied
    .filter(({ source }) => isProjectFile(source) && posix.dirname(source) === project)
    .map(({ destination, line }) => ({
      path: isProjectFile(destination) ? posix.dirname(destination) : destination,
      line,
    }));
  return [...files, ...folders];
}

/** All that the stage takes from the build context. */
function copiesIn(stage: DockerStage): readonly (CopiedPath & { readonly line: number })[] {
  return stage.instructions.flatMap((instruction) =>
    copiedPaths(instruction, workdirBefore(stage, instruction)).map((copied) => ({
      ...copied,
      line: instruction.line,
    })),
  );
}

/** What a COPY or ADD takes from the build context, and where it is put. */
export function copiedPaths(instruction: DockerInstruction, workdir: string): readonly CopiedPath[] {
  const { words, json, variables } = instruction;
  const target = expandVariables((json ?? words).at(-1) ?? "", variables).plain;
  const destination = posix.resolve("/", workdir, target);
  return sourcesIn(instruction).map((source) => ({
    source,
    destination,
  }));
}

function sourcesIn(instruction: DockerInstruction): readonly string[] {
  const { keyword, flags, words, json, heredoc, variables } = instruction;
  const takesContext = (keyword === "COPY" || keyword === "ADD") && heredoc === undefined;
  if (!takesContext || flags.some(({ name }) => name === "from")) return [];
  const sources = (json ?? words).slice(0, -1).map((word) => expandVariables(word, variables).plain);
  return sources.filter((source) => !/^(?:\w+:\/\/|git@)/.test(source)).map(sourcePath);
}

/** `*` stands for all that is in a folder. */
function sourcePath(source: string): string {
  const path = cleanPath(source.replace(/^\/+/, ""));
  return posix.basename(path) === "*" ? posix.dirname(path) : path;
}

/** The folder that relative paths of an instruction begin in. */
export function workdirBefore(stage: DockerStage, instruction: DockerInstruction): string {
  const before = stage.instructions.slice(0, stage.instructions.indexOf(instruction));
  const inherited = stage.parent === undefined ? "/" : workdirAtEnd(lineOfStages(stage.parent)).workdir;
  return before.reduce(workdirAfter, inherited);
}

function workdirAtEnd(stages: readonly DockerStage[]) {
  const instructions = stages.flatMap((stage) => stage.instructions);
  const last = instructions.findLast(({ keyword }) => keyword === "WORKDIR");
  return { workdir: instructions.reduce(workdirAfter, "/"), line: last?.line };
}

function workdirAfter(workdir: string, { keyword, text, json, variables }: DockerInstruction): string {
  if (keyword !== "WORKDIR") return workdir;
  const written = expandVariables(json?.[0] ?? text, variables)
    .plain.trim()
    .replace(/^(["'])(.*)\1$/, "$2");
  return posix.resolve("/", workdir, written);
}

/** `*Project.toml` and `*.toml` stand for it too. */
function isProjectFile(path: string): boolean {
  const name = posix.basename(path);
  return name === "*.toml" || projectFileNames.some((known) => known === name.replaceAll("*", ""));
}

/** Whether a folder of the context has the other in it. */
function holds(folder: string, inside: string): boolean {
  return folder === "." || inside.startsWith(`${folder}/`);
}
