import { posix } from "node:path";
import { quote } from "../../diagnostics/quote.ts";
import type { Finding, ProjectContext, ProjectRule } from "./rule.ts";

/** Nothing but the build context reaches the build. Paths are relative to the manifest's folder. */
export const pathOutsideContext: ProjectRule = {
  name: "path-outside-context",
  check({ project: { manifest } }: ProjectContext): readonly Finding[] {
    const folder = posix.dirname(manifest.file.name);
    return [...manifest.packages.values()].flatMap(({ name, path }) =>
      path === undefined || isInside(folder, path)
        ? []
        : [
            {
              severity: "error",
              message: `${quote(name)} is in ${quote(path)}, which is not in the build context`,
              suggestion:
                "build with a context that holds both folders and set `project`, or add the package from a registry",
              file: manifest.file,
              path: manifest.format.startsWith("1.") ? [name] : ["deps", name],
            },
          ],
    );
  },
};

/** Pkg on Windows writes backslashes, and drives. */
function isInside(folder: string, path: string): boolean {
  const slashed = path.replaceAll("\\", "/");
  const joined = posix.join(folder, slashed);
  return !/^(?:\/|[A-Za-z]:)/.test(slashed) && joined !== ".." && !joined.startsWith("../");
}
