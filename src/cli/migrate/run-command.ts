import type { ShellCommand } from "./shell-commands.ts";

/** A command of a RUN, and where it stands. */
export interface RunCommand extends ShellCommand {
  readonly line: number;
  /** The folder it runs in. */
  readonly workdir: string;
  /** Whether its stage is one that files are copied from. */
  readonly isOfBuilder: boolean;
  /** Debian packages that the stage removes again. */
  readonly removed: ReadonlySet<string>;
}
