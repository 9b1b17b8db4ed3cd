import { type FileContext, type FileRule, filesOf } from "./file-rule.ts";
import type { FileFinding } from "./project-rule.ts";

/** The project would be read with this file here, and without it in the image. */
export const ignoredFile: FileRule = {
  name: "ignored-file",
  check({ files, looks, given }: FileContext): readonly FileFinding[] {
    return filesOf(files)
      .filter(({ name }) => pathsOf(name, looks).some(given.isIgnored))
      .map((file) => ({
        severity: "error",
        message: ".dockerignore keeps this file out of the image",
        suggestion: "take it out of .dockerignore, or except it by a line that begins with `!`",
        file,
        path: [],
      }));
  },
};

/** Its own, and that which it links to. */
function pathsOf(path: string, looks: FileContext["looks"]): readonly string[] {
  const look = looks.get(path);
  return look?.kind === "file" ? [path, look.path] : [path];
}
