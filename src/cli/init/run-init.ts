import { parseArgs } from "node:util";
import type { ContextAccess } from "../../engine/context-access.ts";
import { printable } from "../../text/quote.ts";
import { UserError } from "../../text/user-error.ts";
import { UsageError } from "../tool-options.ts";
import type { ToolOutcome } from "../tool-outcome.ts";
import { type ChosenSpec, chooseSpec } from "./choose-spec.ts";
import { lookAtFolder } from "./look.ts";
import { ignoreText, specText } from "./texts.ts";

/** The folder that is to get a spec. */
export interface WorkFolder {
  readonly access: ContextAccess;
  /** Writes a new file that belongs to whom the folder belongs to. Throws if there is one of that name. */
  readonly write: (name: string, text: string) => void;
}

/** What stands in the place of the frontend image's name, which the image itself does not know. */
const placeholder = "registry.example.com/julia:1";

/** Writes `julia.toml` and `.dockerignore` for the project in a folder, and says what was chosen and why. */
export async function runInit(args: readonly string[], folder: WorkFolder | undefined): Promise<ToolOutcome> {
  const { frontend = placeholder, print, project } = readOptions(args);
  if (folder === undefined) {
    return failed('There is no folder: mount yours with -v "$PWD:/work".');
  }
  try {
    const found = await lookAtFolder(folder.access, project);
    const chosen = chooseSpec(found);
    const spec = specText(frontend, chosen.choices);
    if (print) {
      return { exitCode: 0, stdout: spec, stderr: account(chosen) };
    }
    if (found.names.has("julia.toml")) {
      return failed(
        "There is a julia.toml already; it is left as it is. --print shows what would be written.",
      );
    }
    write(folder, "julia.toml", spec);
    const ignores = !found.names.has(".dockerignore");
    if (ignores) write(folder, ".dockerignore", ignoreText);
    const written = `Wrote julia.toml${ignores ? " and .dockerignore" : "; there is a .dockerignore already"}.\n`;
    return { exitCode: 0, stdout: written + account(chosen) + nextStep(frontend), stderr: "" };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return failed(`${error.message}.`);
  }
}

/** A folder may be mounted to be read only, or belong to someone else. */
function write(folder: WorkFolder, name: string, text: string): void {
  try {
    folder.write(name, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${name} cannot be written: ${reason}`, { cause: error });
  }
}

function account({ choices, hints }: ChosenSpec): string {
  const chosen = choices.map(({ key, value, why }) => `${key} = ${JSON.stringify(value)}: ${why}`);
  const lines = [...chosen, ...hints.map((hint) => `Note: ${hint}`)];
  return lines.map((line) => `  ${printable(line)}\n`).join("");
}

function nextStep(frontend: string): string {
  const name = frontend === placeholder ? "Put the name of your frontend image into its first line. " : "";
  return `${name}Build with: docker buildx build -f julia.toml -t app .\n`;
}

function readOptions(args: readonly string[]) {
  try {
    const options = { print: { type: "boolean" }, frontend: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [project, ...others] = positionals;
    if (others.length > 0) throw new UsageError(`${others[0]}: not understood`);
    return { ...values, project };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function failed(message: string): ToolOutcome {
  return { exitCode: 1, stdout: "", stderr: `${message}\n` };
}
