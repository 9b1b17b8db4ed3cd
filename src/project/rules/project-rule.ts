import type { JuliaVersion } from "../../julia/julia-version.ts";
import type { Diagnostic } from "../../text/diagnostic.ts";
import type { RuleName, Severity } from "../../text/rules.ts";
import type { SourceFile } from "../../text/source-file.ts";
import { locator, type TomlPath } from "../../text/toml/locator.ts";
import type { Look } from "../looks.ts";
import type { Project } from "../project.ts";

/** What a rule may look at: the project, and the Julia that the image will have. */
export interface ProjectContext {
  readonly project: Project;
  /** The image's Julia, as precise as it is known. */
  readonly julia: JuliaVersion | undefined;
  readonly given: Given;
}

/** What comes with the build besides the project's files. */
export interface Given {
  /** What may be used to fetch from private places. */
  readonly ssh: boolean;
  readonly secrets: boolean;
  /** Whether the spec names nothing that the image is to run. */
  readonly runsNothing: boolean;
  /** Whether the project's tests are to be run. */
  readonly runsTests: boolean;
  /** The spec, if it names a workload. */
  readonly workloadIn?: SourceFile;
  /** Whether a context of its own has the sources of a path dependency. */
  readonly hasContext: (dependency: { readonly name: string; readonly uuid: string }) => boolean;
  /** What is at a path of the build context; undefined if nobody looked. */
  readonly look: (path: string) => Look | undefined;
  /** Whether .dockerignore keeps a path out of the image. */
  readonly isIgnored: (path: string) => boolean;
}

/** A check across the files of a project. Each stands in a file of its own and in a list of those of its kind. */
export interface Rule<Context> {
  readonly name: RuleName;
  readonly check: (context: Context) => readonly FileFinding[];
}

/** A check of a project with its manifest, in the list `projectRules`. */
export type ProjectRule = Rule<ProjectContext>;

export interface FileFinding {
  readonly severity: Severity;
  readonly message: string;
  readonly suggestion?: string;
  readonly file: SourceFile;
  readonly path: TomlPath;
}

/** Runs rules. Positions are looked up only in files with findings, since that is what takes time. */
export function checkRules<Context>(
  rules: readonly Rule<Context>[],
  context: Context,
): readonly Diagnostic[] {
  const locators = new Map<SourceFile, ReturnType<typeof locator>>();
  return rules.flatMap((rule) =>
    rule.check(context).map(({ path, ...finding }) => {
      const locate = locators.get(finding.file) ?? locator(finding.file);
      locators.set(finding.file, locate);
      const span = locate(path);
      return { rule: rule.name, ...finding, ...(span === undefined ? {} : { span }) };
    }),
  );
}
