import { posix } from "node:path";
import { quote } from "../../text/quote.ts";
import { testScript } from "../file-names.ts";
import type { PlaceFiles } from "../find-files.ts";
import { readProjectFile } from "../read-project-file.ts";
import type { FileContext, FileRule } from "./file-rule.ts";
import type { FileFinding } from "./project-rule.ts";

/** Pkg would say it after everything was installed and compiled. */
export const noTests: FileRule = {
  name: "no-tests",
  check(context: FileContext): readonly FileFinding[] {
    const { files, given } = context;
    return files === undefined || !given.runsTests
      ? []
      : [...namelessProject(files), ...missingScript(files, context)];
  },
};

/** Pkg tests packages only. */
function namelessProject({ projectFile: file }: PlaceFiles): readonly FileFinding[] {
  const { value } = readProjectFile(file);
  return value === undefined || (value.name !== undefined && value.uuid !== undefined)
    ? []
    : [
        {
          severity: "error",
          message: "the target test runs the tests of a package, and this project is none",
          suggestion: "give it a `name` and a `uuid`, and a module of that name under `src`",
          file,
          path: value.name === undefined ? [] : ["name"],
        },
      ];
}

function missingScript(
  { folder, projectFile: file }: PlaceFiles,
  { looks, given: { isIgnored } }: FileContext,
): readonly FileFinding[] {
  const path = posix.join(folder, testScript);
  const look = looks.get(path);
  const place = { severity: "error", file, path: ["name"] } as const;
  if (look?.kind === "file" && (isIgnored(path) || isIgnored(look.path))) {
    const message = `the target test runs ${quote(path)}, and .dockerignore leaves it out`;
    const suggestion = "take it out of .dockerignore, or except it by a line that begins with `!`";
    return [{ ...place, message, suggestion }];
  }
  return look?.kind === "absent" || look?.kind === "folder"
    ? [
        {
          ...place,
          message: `the target test runs ${quote(path)}, which is not in the build context`,
          suggestion: "add that file, with the tests in it; `Pkg.test()` runs the same one",
        },
      ]
    : [];
}
