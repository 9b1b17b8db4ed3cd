/** A variable that is set at a place of a Dockerfile. */
export interface DockerVariable {
  /** Absent for an ARG without a default. */
  readonly value?: string;
  /** Whether it is an ARG, which the command line of a build may set. */
  readonly isArgument: boolean;
}

export type DockerVariables = ReadonlyMap<string, DockerVariable>;

/** An instruction of a Dockerfile as it is written: variables are not replaced yet. */
export interface DockerInstruction {
  /** In capitals. */
  readonly keyword: string;
  /** Its first line, from 1. */
  readonly line: number;
  /** The lines that it has, without comments. */
  readonly source: readonly string[];
  /** All that stands behind the keyword and the flags, on one line but for here-documents. */
  readonly text: string;
  /** Flags such as `--from=build`, without dashes. */
  readonly flags: readonly { readonly name: string; readonly value: string }[];
  /** The text cut at spaces. */
  readonly words: readonly string[];
  /** The words of the JSON form, if it has that form. */
  readonly json?: readonly string[];
  /** Of ENV, LABEL and ARG, without quotes. */
  readonly properties: readonly { readonly name: string; readonly value?: string }[];
  /** Text of the first here-document. */
  readonly heredoc?: string;
  /** What was set before it in this stage and those that it continues. */
  readonly variables: DockerVariables;
}

export interface DockerStage {
  /** As `COPY --from` and `FROM` name it, in small letters. */
  readonly name?: string;
  /** The line of its FROM, from 1. */
  readonly line: number;
  /** What stands behind FROM, with the variables that may be used there. */
  readonly image: string;
  readonly variables: DockerVariables;
  /** The stage that it continues, if it is not an image. */
  readonly parent?: DockerStage;
  readonly instructions: readonly DockerInstruction[];
}

/** What a Dockerfile has. */
export interface DockerfileContent {
  /** What stands before the first FROM: the ARG that a FROM may use. */
  readonly before: readonly DockerInstruction[];
  readonly stages: readonly DockerStage[];
}

/** The stage, and before it those that it continues, from the first one on. */
export function lineOfStages(stage: DockerStage): readonly DockerStage[] {
  const line: DockerStage[] = [];
  for (let next: DockerStage | undefined = stage; next !== undefined; next = next.parent) line.unshift(next);
  return line;
}
