import { posix } from "node:path";
import { parseImageReference } from "../../buildkit/image-reference.ts";
import { type DockerInstruction, type DockerStage, lineOfStages } from "./dockerfile.ts";
import { asSpecText, expandVariables } from "./expand-variables.ts";
import { type Finding, leftOver, needless } from "./finding.ts";
import { type CopiedPath, copiedPaths, type ImageLayout, workdirBefore } from "./image-layout.ts";
import type { MigrationInputs } from "./migration-inputs.ts";
import { stageNamed } from "./used-stages.ts";

/** WORKDIR, COPY and ADD: where the project is, and which files are not part of it. */
export function translateFiles(inputs: MigrationInputs): readonly Finding[] {
  const { used, layout } = inputs;
  const stages = [...used.final, ...used.builders];
  return [
    ...placeOffers(layout),
    ...stages.flatMap((stage) => stage.instructions.flatMap((one) => copyFindings(one, stage, inputs))),
  ];
}

function placeOffers({ project, path, pathLine, workdir, workdirLine }: ImageLayout): readonly Finding[] {
  const offer = (at: readonly string[], value: string, line: number | undefined, why: string): Finding => ({
    ...{ kind: "offer", at, value: asSpecText(value), line, why },
  });
  const root = "no other user can read root's folder: `/app` is taken";
  const place =
    path === undefined || path === "/app"
      ? []
      : isOfRoot(path)
        ? [leftOver(pathLine ?? 1, `the project in ${path}`, root)]
        : [offer(["path"], path, pathLine, "the project's folder in the image")];
  const isElsewhere = workdirLine !== undefined && workdir !== path && !isOfRoot(workdir);
  return [
    ...(project === "."
      ? []
      : [offer(["project"], project, undefined, "the folder that has the Project.toml")]),
    ...place,
    ...(isElsewhere ? [offer(["image", "workdir"], workdir, workdirLine, "WORKDIR")] : []),
  ];
}

function isOfRoot(path: string): boolean {
  return path === "/root" || path.startsWith("/root/");
}

function copyFindings(
  instruction: DockerInstruction,
  stage: DockerStage,
  inputs: MigrationInputs,
): readonly Finding[] {
  const { keyword, text, line, flags, heredoc, variables } = instruction;
  if (keyword !== "COPY" && keyword !== "ADD") return [];
  const written = flags.map(({ name, value }) => `--${name}${value === "" ? "" : `=${value}`} `).join("");
  const what = `${keyword} ${written}${text.split("\n", 1)[0]}`;
  if (heredoc !== undefined) return [leftOver(line, what, "write the file into the project's folder")];
  const from = flags.find(({ name }) => name === "from")?.value;
  if (from !== undefined) return [copyFrom(what, line, expandVariables(from, variables).plain, inputs)];
  const copied = copiedPaths(instruction, workdirBefore(stage, instruction));
  if (copied.length === 0 && /julia/i.test(text)) return [needless(line, what, "the base image has Julia")];
  if (copied.length === 0) {
    return [
      leftOver(
        line,
        what,
        "nothing is downloaded by its address: commit the file to the project, or take it as an artifact of a package",
      ),
    ];
  }
  const todos = copied.flatMap((one) => todoFor(one, inputs.layout));
  return todos.length === 0
    ? [needless(line, what, "the project is put into the image by the build")]
    : todos.map((todo) => leftOver(line, what, todo));
}

/** What of the copied is not where the Dockerfile puts it. */
function todoFor({ source, destination }: CopiedPath, layout: ImageLayout): readonly string[] {
  const { project } = layout;
  if (isIn(source, project)) {
    return isNear(destination, layout)
      ? []
      : [
          `${destination} is not in the image: ${source} is in the project's folder, which is there as a whole`,
        ];
  }
  return isIn(project, source)
    ? [`of it, only ${project} and the path dependencies of its manifest are in the image`]
    : [
        `${source} is not in the project's folder: unless the manifest has it as a path dependency, move it there, or into a base image`,
      ];
}

/** Whether the one path is the other, or in it. */
function isIn(one: string, other: string): boolean {
  return !posix.relative(other, one).startsWith("..");
}

/** A folder around the project's is copied to one around it. */
function isNear(destination: string, { path }: ImageLayout): boolean {
  if (path === undefined) return true;
  return isIn(destination, path) || isIn(path, destination) || /\/environments\//.test(destination);
}

function copyFrom(what: string, line: number, from: string, { dockerfile }: MigrationInputs): Finding {
  const stage = stageNamed(from, dockerfile.stages);
  const isJulia =
    stage === undefined ? parseImageReference(from)?.name === "docker.io/library/julia" : usesJulia(stage);
  if (isJulia) {
    const why = "what the packages need is in the image, and what is only for building is not";
    return needless(line, what, why);
  }
  const todo =
    stage === undefined
      ? "files of another image have to be in the base: build one with them, and name it as `base`"
      : `the stage ${from} is not about Julia: commit what it makes to the project's folder, or build a base image with it and name that as \`base\``;
  return leftOver(line, what, todo);
}

function usesJulia(stage: DockerStage): boolean {
  return lineOfStages(stage).some(
    ({ image, instructions }) =>
      /julia/i.test(image) ||
      instructions.some(({ keyword, text }) => keyword === "RUN" && /julia/i.test(text)),
  );
}
