import type { ContextAccess } from "../../engine/context-access.ts";
import { printable } from "../../text/quote.ts";
import { UserError } from "../../text/user-error.ts";
import type { ToolOutcome } from "../tool-outcome.ts";

/** The folder that is to get a spec. */
export interface WorkFolder {
  readonly access: ContextAccess;
  /** Writes a new file that belongs to whom the folder belongs to. Throws if there is one of that name. */
  readonly write: (name: string, text: string) => void;
}

/** A spec for a folder that has none. */
export interface FirstSpec {
  readonly text: string;
  /** What was chosen for it and why, for the person to read. */
  readonly account: string;
}

/** What stands in the place of the frontend image's name, which the image itself does not know. */
export const unnamedFrontend = "registry.example.com/julia:1";

/** What is in many projects' folders and in no image: it would be sent to the builder, and change the image when it changes. */
const ignoreText = `.git
.github
.vscode
docs/build
*.jl.cov
*.jl.*.cov
*.jl.mem
`;

/** The line by which BuildKit finds the frontend, with an empty one behind it. */
export function syntaxLine(frontend: string): string {
  return `# syntax=${printable(frontend)}\n`;
}

/** Prints the spec, or writes it and `.dockerignore`. Throws a UserError if it cannot be written. */
export async function writeFirstSpec(
  { text, account }: FirstSpec,
  { frontend, print }: { readonly frontend: string; readonly print: boolean },
  folder: WorkFolder,
): Promise<ToolOutcome> {
  if (print) return { exitCode: 0, stdout: text, stderr: account };
  const context = await folder.access.open(["*"]);
  const names = new Set((await context.list("."))?.keys());
  if (names.has("julia.toml")) {
    throw new UserError(
      "There is a julia.toml already; it is left as it is. --print shows what would be written",
    );
  }
  write(folder, "julia.toml", text);
  const ignores = !names.has(".dockerignore");
  if (ignores) write(folder, ".dockerignore", ignoreText);
  const written = `Wrote julia.toml${ignores ? " and .dockerignore" : "; there is a .dockerignore already"}.\n`;
  return { exitCode: 0, stdout: written + account + nextStep(frontend), stderr: "" };
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

function nextStep(frontend: string): string {
  const name =
    frontend === unnamedFrontend ? "Put the name of your frontend image into its first line. " : "";
  return `${name}Build with: docker buildx build -f julia.toml -t app .\n`;
}
