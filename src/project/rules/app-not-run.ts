import { isAtLeast, type JuliaVersion } from "../../julia/julia-version.ts";
import { type AppModule, appModule } from "../app-module.ts";
import { entryFile } from "../path-dependency.ts";
import { readProjectFile } from "../read-project-file.ts";
import type { FileContext, FileRule } from "./file-rule.ts";
import type { FileFinding } from "./project-rule.ts";

export const appNotRun: FileRule = {
  name: "app-not-run",
  check({ files, looks, given, julia }: FileContext): readonly FileFinding[] {
    const project = files && readProjectFile(files.projectFile).value;
    if (files === undefined || project?.name === undefined || !given.runsNothing || !knowsModules(julia)) {
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
            suggestion: suggestionFor(app),
            file: files.projectFile,
            path: [app.key],
          },
        ];
  },
};

function suggestionFor({ module }: AppModule): string {
  return `set \`module = "${module}"\` in the spec, or name what else the image is to run, such as \`cmd = ["julia"]\` under [image]`;
}

/** The key `module` is for Julia 1.10 and newer. */
function knowsModules(julia: JuliaVersion | undefined): boolean {
  return julia === undefined || isAtLeast(julia, 1, 10);
}
