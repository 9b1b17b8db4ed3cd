import { setTimeout as sleep } from "node:timers/promises";
import type { BuildResult, Scenario } from "../e2e/scenario.ts";
import type { Cancellation } from "../engine/command.ts";
import { type StepKind, stepRuns } from "./step-processes.ts";

/** No build of these small projects takes as long, on whatever machine. */
export const limit = 300_000;

export interface LimitedOptions {
  /** Ends the client before it ends by itself. */
  readonly cancel?: Cancellation;
  readonly args?: readonly string[];
  /** Milliseconds after which a build counts as hanging. */
  readonly limit?: number;
}

/** Builds the scenario's folder; one that hangs is ended and an error. */
export async function buildInTime(scenario: Scenario, options: LimitedOptions = {}): Promise<BuildResult> {
  const patience = options.limit ?? limit;
  const late = AbortSignal.timeout(patience);
  const cancel: Cancellation[] = [{ when: late, by: "SIGKILL" }];
  if (options.cancel !== undefined) cancel.push(options.cancel);
  const result = await scenario.build({ args: options.args ?? [], client: { cancel } });
  if (late.aborted) throw new Error(`the build hung: it ran for ${patience / 1000} s\n${result.log}`);
  return result;
}

/** What is done to a build while one of its steps runs. */
export interface Disturbance {
  readonly step: StepKind;
  /** Milliseconds after the step began. */
  readonly after: number;
  /** Returns whether there was still something to disturb. */
  readonly act: () => Promise<boolean>;
}

export interface DisturbedBuild {
  readonly result: BuildResult;
  /** False if the step was over, or never ran. */
  readonly struck: boolean;
}

export async function buildDisturbed(
  scenario: Scenario,
  { step, after, act }: Disturbance,
  options: LimitedOptions = {},
): Promise<DisturbedBuild> {
  let isOver = false;
  const building = buildInTime(scenario, options).finally(() => {
    isOver = true;
  });
  const strike = async (): Promise<boolean> => {
    while (!(await stepRuns(scenario.cacheId, step))) {
      if (isOver) return false;
      await sleep(30);
    }
    await sleep(after);
    return act();
  };
  const [result, struck] = await Promise.all([building, strike()]);
  return { result, struck };
}

/** How long a step of a build took, in milliseconds. */
export function stepTime(result: BuildResult, step: StepKind): number {
  const names: Readonly<Record<StepKind, RegExp>> = {
    dependency: /^\[depot\] (?:choose versions, )?install/,
    application: /^\[app\] (?:compile .* and )?check/,
  };
  return 1000 * (result.steps.find(({ name }) => names[step].test(name))?.seconds ?? 0);
}
