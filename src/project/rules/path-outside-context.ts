import { posix } from "node:path";
import { quote } from "../../text/quote.ts";
import { isAbove } from "../clean-path.ts";
import type { LocatedDependency } from "../located-dependency.ts";
import type { PathContext, PathRule } from "./path-rule.ts";
import type { FileFinding } from "./project-rule.ts";
import { isOfWindows } from "./windows-path.ts";

/** Nothing but the build context reaches the build. */
export const pathOutsideContext: PathRule = {
  name: "path-outside-context",
  check({ dependencies, given }: PathContext): readonly FileFinding[] {
    return dependencies
      .filter((dependency) => !isOfWindows(dependency.path) && !isReached(dependency, given))
      .map(({ name, path, namedIn }) => ({
        severity: "error",
        message: `${quote(name)} is in ${quote(path)}, which is not in the build context`,
        suggestion: posix.isAbsolute(path)
          ? "develop the package by a relative path, or add it from a registry"
          : `hand its folder to the build with --build-context ${name.toLowerCase()}=FOLDER, or build with a context that holds both folders and set \`project\``,
        file: namedIn.file,
        path: namedIn.at,
      }));
  },
};

function isReached(dependency: LocatedDependency, { hasContext }: PathContext["given"]): boolean {
  const { path, from } = dependency;
  return !posix.isAbsolute(path) && (!isAbove(posix.join(from, path)) || hasContext(dependency));
}
