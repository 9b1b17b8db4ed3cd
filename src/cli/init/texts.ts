import { stringify } from "smol-toml";
import { printable } from "../../text/quote.ts";
import type { Choice } from "./choose-spec.ts";

/** The text of `julia.toml`. What is in it are names of the project's files, which may hold any character. */
export function specText(frontend: string, choices: readonly Choice[]): string {
  const lines = choices.map(
    ({ key, value, why }) => `${stringify({ [key]: value }).trimEnd()} # ${printable(why)}`,
  );
  return `# syntax=${printable(frontend)}\n\n${lines.join("\n")}\n`;
}

/** What is in many projects' folders and in no image: it would be sent to the builder, and change the image when it changes. */
export const ignoreText = `.git
.github
.vscode
docs/build
*.jl.cov
*.jl.*.cov
*.jl.mem
`;
