import type { DockerInstruction, DockerStage } from "./dockerfile.ts";
import { expandVariables } from "./expand-variables.ts";
import { type Finding, leftOver, needless } from "./finding.ts";
import { shellCommands } from "./shell-commands.ts";
import { expandedOffer } from "./translate-image-keys.ts";

const noRoot =
  'the image\'s user is `1000:1000`, and what it writes has to go to a volume or a folder of its own; `user = "0"` keeps root';

/** The USER of the last stage. */
export function translateUser(stages: readonly DockerStage[]): readonly Finding[] {
  const instructions = stages.flatMap((stage) => stage.instructions);
  const last = instructions.findLast(({ keyword }) => keyword === "USER");
  return last === undefined
    ? stages.slice(-1).map(({ line }) => leftOver(line, "no USER, which is root", noRoot))
    : [userFinding(last, instructions)];
}

/** A user by name has to be in the base image; one that the Dockerfile makes is there by number alone. */
function userFinding(instruction: DockerInstruction, instructions: readonly DockerInstruction[]): Finding {
  const { line, text, variables } = instruction;
  const { plain } = expandVariables(text.trim(), variables);
  const what = `USER ${text}`;
  const [name = ""] = plain.split(":");
  if (name === "root" || name === "0") return leftOver(line, what, noRoot);
  const runs = instructions.filter(({ keyword }) => keyword === "RUN");
  const made = runs.flatMap(shellCommands).find(({ words }) => madeUser(words) === name);
  if (made === undefined) return expandedOffer(instruction, ["user"], text.trim());
  const uid = uidIn(made.words);
  const why =
    "the Dockerfile makes the user: `1000:1000` takes its place, which needs not be known to the image";
  return uid === undefined
    ? needless(line, what, why)
    : { kind: "offer", at: ["user"], value: `${uid}:${uid}`, line, why: `${what}, whose number that is` };
}

/** The name of the user that a command adds. */
function madeUser([program = "", ...rest]: readonly string[]): string | undefined {
  return /(?:^|\/)(?:useradd|adduser)$/.test(program)
    ? rest.findLast((word) => /^[a-z_]/.test(word))
    : undefined;
}

function uidIn(words: readonly string[]): string | undefined {
  const joined = words.find((word) => word.startsWith("--uid="))?.slice("--uid=".length);
  const number = joined ?? words[words.findIndex((word) => word === "-u" || word === "--uid") + 1];
  return number !== undefined && /^\d+$/.test(number) ? number : undefined;
}
