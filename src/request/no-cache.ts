import { quote } from "../text/quote.ts";
import { listOf, type OptionProblem } from "./option.ts";

/** The steps that run something, by the word in brackets that their progress lines begin with. */
const stepNames = ["image", "build", "depot", "julia", "app", "dev", "test"] as const;
export type StepName = (typeof stepNames)[number];

/** The targets' names stand for the step that they have before the others. */
const aliases: Readonly<Record<string, StepName>> = { deps: "depot" };

/** Which steps run whatever is cached: all with `--no-cache`, some with `--no-cache-filter=depot,app`. */
export function readNoCache(value: string | undefined): {
  readonly runAgain: ReadonlySet<StepName>;
  readonly problems: readonly OptionProblem[];
} {
  if (value === undefined || value === "") {
    return { runAgain: new Set(value === undefined ? [] : stepNames), problems: [] };
  }
  const names = listOf(value).map((name) => ({ name, step: stepOf(name.toLowerCase()) }));
  return {
    runAgain: new Set(names.flatMap(({ step }) => step ?? [])),
    problems: names
      .filter(({ step }) => step === undefined)
      .map(({ name }) => ({
        option: "no-cache",
        message: `--no-cache-filter: there is no step ${quote(name)}; the steps are ${stepNames.join(", ")}`,
      })),
  };
}

function stepOf(name: string): StepName | undefined {
  return Object.hasOwn(aliases, name) ? aliases[name] : stepNames.find((step) => step === name);
}
