import { posix } from "node:path";
import { type BindMount, file, type Output, scratch } from "../buildkit/llb/index.ts";

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

/** Files of ours in a folder of a step. */
export function textMount(
  target: string,
  files: Iterable<readonly [path: string, text: string]>,
  name: string,
): BindMount {
  return { type: "bind", target, source: textFiles(files, name), readonly: true };
}
