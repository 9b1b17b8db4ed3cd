import { posix } from "node:path";
import { type BindMount, file, type Output, scratch } from "../buildkit/llb/index.ts";

/** Below this folder a step finds its programs and what they work on. */
export const programFolder = "/run/frontend";

/** A read-only file system with these files, by path. Their times are fixed, so that equal content is one input. */
export function textFiles(files: Iterable<readonly [name: string, text: string]>, name: string): Output {
  const list = [...files];
  const folders = new Set(list.map(([path]) => posix.dirname(path)).filter((folder) => folder !== "."));
  const timestamp = 0n;
  return file(
    scratch,
    [
      ...[...folders].map((folder) => ({
        type: "mkdir" as const,
        path: `/${folder}`,
        mode: 0o755,
        parents: true,
        timestamp,
      })),
      ...list.map(([path, data]) => ({
        type: "mkfile" as const,
        path: `/${path}`,
        mode: 0o644,
        data,
        timestamp,
      })),
    ],
    { name },
  );
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
