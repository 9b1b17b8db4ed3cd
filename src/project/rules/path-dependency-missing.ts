import { posix } from "node:path";
import { quote } from "../../text/quote.ts";
import { isAbove } from "../clean-path.ts";
import type { LocatedDependency } from "../located-dependency.ts";
import type { PathContext, PathRule } from "./path-rule.ts";
import type { FileFinding, Given } from "./project-rule.ts";
import { isOfWindows } from "./windows-path.ts";

/** Pkg does not look for the sources of a package in a folder; the image's first `using` would. */
export const pathDependencyMissing: PathRule = {
  name: "path-dependency-missing",
  check({ dependencies, given }: PathContext): readonly FileFinding[] {
    return dependencies.flatMap((dependency) => {
      const problem = isToBeInContext(dependency, given)
        ? problemOf(dependency, given)
        : withoutProjectFile(dependency, given);
      const { file, at } = dependency.namedIn;
      return problem === undefined ? [] : [{ severity: "error", ...problem, file, path: at }];
    });
  },
};

function isToBeInContext(dependency: LocatedDependency, { hasContext }: Given): boolean {
  const { path, from } = dependency;
  const isInside = !posix.isAbsolute(path) && !isAbove(posix.join(from, path)) && !isOfWindows(path);
  return isInside && !hasContext(dependency);
}

/** Versions are chosen before the sources of another context are there. */
function withoutProjectFile(dependency: LocatedDependency, { hasContext }: Given): Problem | undefined {
  return dependency.lacksProjectFile && hasContext(dependency)
    ? {
        message: `${quote(dependency.name)} comes from a context of its own, and there is no manifest`,
        suggestion: "run `Pkg.resolve()` in the project and commit the manifest with it",
      }
    : undefined;
}

type Problem = Pick<FileFinding, "message" | "suggestion">;

function problemOf(
  { name, path, entries, lacksProjectFile }: LocatedDependency,
  { look, isIgnored }: Given,
): Problem | undefined {
  const found = entries.map(look);
  const file = found.find((each) => each?.kind === "file");
  const said = `${quote(name)} is to be in ${quote(path)}, but`;
  if (file?.kind === "file") {
    const isKept = !isIgnored(file.path) && !entries.every(isIgnored);
    return isKept
      ? lacksProjectFile
        ? { message: `${said} there is no Project.toml`, suggestion: missing }
        : undefined
      : {
          message: `${said} .dockerignore leaves ${quote(file.path)} out`,
          suggestion: "take the folder out of .dockerignore, or except it by a line that begins with `!`",
        };
  }
  const wasSought = found.every((each) => each?.kind === "absent" || each?.kind === "folder");
  return wasSought
    ? { message: `${said} the build context has no ${quote(entries[0] ?? "")}`, suggestion: missing }
    : undefined;
}

const missing = "see that the folder is there and not empty; that of a git submodule is, until it is fetched";
