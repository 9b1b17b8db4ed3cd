import { posix } from "node:path";
import { quote } from "../../diagnostics/quote.ts";
import type { Finding, ProjectContext, ProjectRule } from "./rule.ts";

/** Nothing but the build context reaches the build. Paths are relative to the manifest's folder. */
export const pathOutsideContext: ProjectRule = {
  name: "path-outside-context",
  check({ project: { manifest }, given }: ProjectContext): readonly Finding[] {
    const folder = posix.dirname(manifest.file.name);
    return [...manifest.packages.values()].flatMap(({ name, uuid, path }) =>
      path === undefined || isInside(folder, path) || (isRelative(path) && given.hasContext({ name, uuid }))
        ? []
        : [
            {
              severity: "error",
              message: `${quote(name)} is in ${quote(path)}, which is not in the build context`,
              suggestion: isRelative(path)
                ? `hand its folder to the build with --build-context ${name.toLowerCase()}=FOLDER, or build with a context that holds both folders and set \`project\``
                : "develop the package by a relative path, or add it from a registry",
              file: manifest.file,
              path: manifest.format.startsWith("1.") ? [name] : ["deps", name],
            },
          ],
    );
  },
};

function isInside(folder: string, path: string): boolean {
  const joined = posix.join(folder, slashed(path));
  return isRelative(path) && joined !== ".." && !joined.startsWith("../");
}

function isRelative(path: string): boolean {
  return !/^(?:\/|[A-Za-z]:)/.test(slashed(path));
}

/** Pkg on Windows writes backslashes, and drives. */
function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
