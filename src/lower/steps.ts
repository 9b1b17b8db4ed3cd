import {
  type Exec,
  type ExecOptions,
  exec,
  type FileAction,
  file,
  type Output,
  type State,
} from "../buildkit/llb/index.ts";
import type { Plan } from "../plan/plan.ts";
import type { StepDefaults } from "../request/step-options.ts";
import type { Span } from "../text/source-file.ts";
import { locate } from "./locate.ts";

/** 1 second after the epoch, which Julia 1.8 to 1.10 always accept as a source file's time; in nanoseconds. */
export const fixedTime = 1_000_000_000n;

/** What tells a person of a step. */
interface StepInfo {
  /** The line of the progress display. */
  readonly name: string;
  /** The place in the spec that asks for the step. */
  readonly span: Span | undefined;
}

/**
 * Makes the steps of one plan. What all of them have in common is said here: that an error shows the place in the spec which
 * asked for the step, and for commands what the person who builds asked for every command.
 */
export class Steps {
  readonly plan: Plan;
  readonly #defaults: StepDefaults;

  constructor(plan: Plan, defaults: StepDefaults) {
    this.plan = plan;
    this.#defaults = defaults;
  }

  /** A command on a file system. */
  run(base: State, { span, mounts = [], ...options }: StepInfo & ExecOptions): Exec {
    const { shmSize, ...defaults } = this.#defaults;
    const sharedMemory = { type: "tmpfs", target: "/dev/shm", size: shmSize } as const;
    return exec(base, {
      ...defaults,
      ...options,
      mounts: shmSize === undefined ? mounts : [sharedMemory, ...mounts],
      locations: this.locate(span),
    });
  }

  /** Changes to a file system that need no command. */
  change(base: State, actions: readonly FileAction[], { name, span }: StepInfo): Output {
    return file(base, actions, { name, locations: this.locate(span) });
  }

  /** What a step left, laid over a file system. Its cache key is the content: what did not change is not copied or pushed again. */
  layOver(base: State, folders: readonly LeftFolder[], name: string): Output {
    const copies = folders.map((folder) => ({ type: "copy" as const, ...folder, directoryContents: true }));
    const { platform, dependencies } = this.plan;
    return file(base, copies, { name, platform, locations: this.locate(dependencies.span) });
  }

  locate(span: Span | undefined) {
    return locate(this.plan.spec, span);
  }
}

/** A folder that a step left. Without an owner everything keeps the one that it has. */
export interface LeftFolder {
  readonly from: Output;
  readonly src: string;
  readonly dest: string;
  readonly owner?: { readonly user: number; readonly group: number };
  /** Of everything in it; what it has if this is left out. Nanoseconds. */
  readonly timestamp?: bigint;
}
