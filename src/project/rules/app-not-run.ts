import { isAtLeast, type JuliaVersion } from "../../julia/julia-version.ts";
import { type AppModule, appModule } from "../app-module.ts";
import { entryFile } from "../path-dependency.ts";
import { readProjectFile } from "../read-project-file.ts";
import type { FileContext, FileRule } from "./file-rule.ts";
import type { FileFinding } from "./project-rule.ts";

/** The key `module` is for Julia 1.10 and newer. */
export const appNotRun: FileRule = {
  name: "app-not-run",
  check({ files, looks, given, julia }: FileContext): readonly FileFinding[] {
    const project = files && readProjectFile(files.projectFile).value;
    if (files === undefined || project?.name === undefined || !given.runsNothing || isOlder(julia, 10)) {
      return [];
    }
    const look = looks.get(entryFile(files.folder, project.name));
    const app = appModule(project, look?.kind === "file" ? look.file?.text : undefined);
    return app === undefined
      ? []
      : [
          {
            severity: "warning",
            message: "the project looks like an app, but the image starts the REPL",
            suggestion: suggestionFor(app, julia),
            file: files.projectFile,
            path: [app.key],
          },
        ];
  },
};

function suggestionFor({ module, isDeclared }: AppModule, julia: JuliaVersion | undefined): string {
  const declaration =
    isDeclared || isOlder(julia, 11) ? "" : " and declare its `main` as `function (@main)(args)`";
  return `set \`module = "${module}"\` in the spec${declaration}, or name what else the image is to run, such as \`cmd = ["julia"]\` under [image]`;
}

function isOlder(julia: JuliaVersion | undefined, minor: number): boolean {
  return julia !== undefined && !isAtLeast(julia, 1, minor);
}
