import type { Choice } from "./choose-spec.ts";

/** The text of `julia.toml`. Values are names and paths of the project's own, as basic strings of TOML. */
export function specText(frontend: string, choices: readonly Choice[]): string {
  const lines = choices.map(({ key, value, why }) => `${key} = ${JSON.stringify(value)} # ${why}`);
  return `# syntax=${frontend}\n\n${lines.join("\n")}\n`;
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
