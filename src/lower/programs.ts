import { type BindMount, file, type Output, scratch } from "../llb/index.ts";

/** Below this folder a step finds its programs and what they work on. */
export const programFolder = "/run/frontend";

/** A read-only file system with these files at its top. Their times are fixed, so that equal content is one input. */
export function textFiles(files: Iterable<readonly [name: string, text: string]>, name: string): Output {
  const actions = [...files].map(([path, data]) => ({
    type: "mkfile" as const,
    path: `/${path}`,
    mode: 0o644,
    data,
    timestamp: 0n,
  }));
  return file(scratch, actions, { name });
}

export function readOnly(source: Output, target: string): BindMount {
  return { type: "bind", target, source, readonly: true };
}

/**
 * Runs one of our programs. Flags of the user's are for those that compile and load what the image's Julia will load: compiled
 * files are valid only for processes with the same flags, and Pkg would be compiled again for others than Julia's own.
 */
export function juliaProgram(program: string, flags: readonly string[], argument: string): readonly string[] {
  const own = ["--startup-file=no", "--history-file=no", "--color=no"];
  return ["julia", ...own, ...flags, `${programFolder}/programs/${program}`, argument];
}
