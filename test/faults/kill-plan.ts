import { type Variant, variants } from "./project.ts";
import { randomFor } from "./random.ts";
import { upTo } from "./settings.ts";
import type { StepKind } from "./step-processes.ts";

/** What the cache holds when the build begins that is killed. */
export type CacheState =
  | "empty"
  /** As the build before left it. */
  | "kept"
  /** The same without compiled files. */
  | "sources only";

export type Way =
  /** Every process of the step, as when a machine goes down. */
  | "all processes"
  /** One that the step started, as when memory runs out. */
  | "one process"
  /** The client, as by Ctrl-C. */
  | "client interrupted"
  /** The client, without a last word to the daemon. */
  | "client killed";

export interface Kill {
  readonly number: number;
  readonly step: StepKind;
  readonly cache: CacheState;
  readonly way: Way;
  /** When in the step's time, from 0 to 1. */
  readonly moment: number;
  /** The project that is built, and the one that is built after it. */
  readonly variant: Variant;
  readonly next: Variant;
}

/** The kills of one seed: always the same, however many are asked for. */
export function killPlan(seed: number, count: number): readonly Kill[] {
  return upTo(count).map((number) => {
    const random = randomFor(seed, `kill ${number}`);
    const variant = random.pick(variants);
    return {
      number,
      variant,
      // Three of five: there is more in this step that can be left half-done.
      step: random.chance(0.6) ? "dependency" : "application",
      cache: random.pick(["empty", "empty", "sources only", "kept"]),
      way: random.pick([
        "all processes",
        "all processes",
        "one process",
        "client interrupted",
        "client killed",
      ]),
      moment: random.fraction(),
      next: random.chance(0.7) ? variant : random.pick(variants),
    };
  });
}

/** For the name of a test. */
export function describeKill({ number, step, cache, way, moment, variant, next }: Kill): string {
  const when = `${way} at ${Math.round(100 * moment)} % of the ${step} step`;
  const afterwards = next === variant ? "the same again" : next;
  return `kill ${number}: ${when} of ${variant}, the cache is ${cache}; then ${afterwards}`;
}

/** What the client says of a build that was ended in this way; a client that was killed says nothing more. */
export const reasons: Readonly<Record<Way, RegExp>> = {
  "all processes": /did not complete successfully: exit code: 137/,
  "one process": /signal 9|SIGKILL|ProcessSignaled\(9\)|exit code:? 137/,
  "client interrupted": /cancel/i,
  "client killed": /(?:)/,
};
