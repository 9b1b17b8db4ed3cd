import { quote } from "../../text/quote.ts";
import type { PathContext, PathRule } from "./path-rule.ts";
import type { FileFinding } from "./project-rule.ts";

/** Julia on Linux takes a backslash for a letter of a name, and a drive for a folder. */
export const windowsPath: PathRule = {
  name: "windows-path",
  check({ dependencies }: PathContext): readonly FileFinding[] {
    return dependencies
      .filter(({ path }) => isOfWindows(path))
      .map(({ name, path, namedIn }) => ({
        severity: "error",
        message: `${quote(name)} is in ${quote(path)}, a path that only Windows can follow`,
        suggestion: /^[A-Za-z]:/.test(path)
          ? "develop the package by a relative path with forward slashes"
          : `write ${quote(path.replaceAll("\\", "/"))}`,
        file: namedIn.file,
        path: namedIn.at,
      }));
  },
};

export function isOfWindows(path: string): boolean {
  return path.includes("\\") || /^[A-Za-z]:/.test(path);
}
