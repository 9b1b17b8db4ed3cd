import { frontendFolder } from "../buildfile/our-folders.ts";

/** Where a step finds our programs. */
export const programsFolder = `${frontendFolder}/programs`;

/** Where the dependency step finds what it works on. */
export const inputsFolder = `${frontendFolder}/inputs`;

/** Where the other steps find their settings, in a file of the same name. */
export const settingsFolder = `${frontendFolder}/settings`;
export const settingsFile = "settings.toml";

/** Where a step's program leaves what goes into the result. */
export const outputFolder = `${frontendFolder}/output`;

/** Where a step sees the small base that the image is made of. */
export const smallBaseFolder = `${frontendFolder}/base`;

/** Where a step finds the auth.toml for the Pkg server. */
export const authFile = `${frontendFolder}/auth.toml`;

/**
 * The command that runs one of our programs. Flags of the user's are for those that compile and load what the image's Julia
 * will load: compiled files are valid only for processes with the same flags, and Pkg would be compiled again for others than
 * Julia's own.
 */
export function juliaCommand(program: string, flags: readonly string[], argument: string): readonly string[] {
  const own = ["--startup-file=no", "--history-file=no", "--color=no", "--compile=min"];
  return ["julia", ...own, ...flags, `${programsFolder}/${program}`, argument];
}
