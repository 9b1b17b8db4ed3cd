import { stringify } from "smol-toml";
import { printable } from "../../text/quote.ts";
import { UserError } from "../../text/user-error.ts";
import { type Choice, type ChosenSpec, chooseSpec } from "../first-spec/choose-spec.ts";
import { readFolderOptions, sharedOptions } from "../first-spec/folder-options.ts";
import { lookAtFolder } from "../first-spec/look.ts";
import {
  syntaxLine,
  unnamedFrontend,
  type WorkFolder,
  writeFirstSpec,
} from "../first-spec/write-first-spec.ts";
import { failed, type ToolOutcome } from "../tool-outcome.ts";

/** Writes `julia.toml` and `.dockerignore` for the project in a folder, and says what was chosen and why. */
export async function runInit(args: readonly string[], folder: WorkFolder | undefined): Promise<ToolOutcome> {
  const { frontend = unnamedFrontend, print = false, project } = readFolderOptions(args, sharedOptions);
  if (folder === undefined) {
    return failed('There is no folder: mount yours with -v "$PWD:/work".');
  }
  try {
    const chosen = chooseSpec(await lookAtFolder(folder.access, project));
    const spec = { text: specText(frontend, chosen.choices), account: account(chosen) };
    return await writeFirstSpec(spec, { frontend, print }, folder);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return failed(`${error.message}.`);
  }
}

/** The text of `julia.toml`. What is in it are names of the project's files, which may hold any character. */
function specText(frontend: string, choices: readonly Choice[]): string {
  const lines = choices.map(
    ({ key, value, why }) => `${stringify({ [key]: value }).trimEnd()} # ${printable(why)}`,
  );
  return `${syntaxLine(frontend)}\n${lines.join("\n")}\n`;
}

function account({ choices, hints }: ChosenSpec): string {
  const chosen = choices.map(({ key, value, why }) => `${key} = ${JSON.stringify(value)}: ${why}`);
  const lines = [...chosen, ...hints.map((hint) => `Note: ${hint}`)];
  return lines.map((line) => `  ${printable(line)}\n`).join("");
}
