import { type DockerStage, lineOfStages } from "./dockerfile.ts";
import { expandVariables } from "./expand-variables.ts";

/** The stages of a Dockerfile that its image is made of; a build skips all others. */
export interface UsedStages {
  /** The last stage, and before it those that it continues. */
  readonly final: readonly DockerStage[];
  /** Stages that files are taken from, and those that they continue. */
  readonly builders: readonly DockerStage[];
  readonly unused: readonly DockerStage[];
}

export function usedStages(stages: readonly DockerStage[]): UsedStages {
  const last = stages.at(-1);
  const final = last === undefined ? [] : lineOfStages(last);
  const used = new Set(final);
  const queue = [...final];
  for (let stage = queue.pop(); stage !== undefined; stage = queue.pop()) {
    const sources = sourcesOf(stage, stages).flatMap(lineOfStages);
    const added = sources.filter((source) => !used.has(source));
    for (const source of added) used.add(source);
    queue.push(...added);
  }
  return {
    final,
    builders: stages.filter((stage) => used.has(stage) && !final.includes(stage)),
    unused: stages.filter((stage) => !used.has(stage)),
  };
}

/** The stage that a name or number stands for in `--from`. */
export function stageNamed(name: string, stages: readonly DockerStage[]): DockerStage | undefined {
  const wanted = name.toLowerCase();
  return stages.find((stage, index) => stage.name === wanted || String(index) === wanted);
}

function sourcesOf({ instructions }: DockerStage, stages: readonly DockerStage[]): readonly DockerStage[] {
  return instructions.flatMap(({ flags, variables }) =>
    flags.flatMap(({ name, value }) => {
      const from =
        name === "from" ? value : name === "mount" ? (/(?:^|,)from=([^,]*)/.exec(value)?.[1] ?? "") : "";
      const found = stageNamed(expandVariables(from, variables).plain, stages);
      return found === undefined ? [] : [found];
    }),
  );
}
