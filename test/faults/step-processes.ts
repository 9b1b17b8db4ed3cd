import { readdir, readFile } from "node:fs/promises";

/** Programs of the two steps that run Julia, by the step. */
export const stepPrograms = { dependency: "/dependencies.jl", application: "/application.jl" } as const;

export type StepKind = keyof typeof stepPrograms;

export interface StepProcess {
  readonly pid: number;
  readonly command: string;
}

/**
 * The processes of a scenario's steps that run now, the oldest first: its spec gives them a variable that no other process
 * has. They are looked for on this machine, which has to be the engine's.
 */
export async function stepProcesses(cacheId: string): Promise<readonly StepProcess[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const variables = await read(pid, "environ");
      if (!variables.split("\0").includes(`SCENARIO=${cacheId}`)) return [];
      return [{ pid, command: (await read(pid, "cmdline")).replaceAll("\0", " ") }];
    }),
  );
  return found.flat().sort((left, right) => left.pid - right.pid);
}

/** Whether the program of a step is at work for a scenario. */
export async function stepRuns(cacheId: string, step: StepKind): Promise<boolean> {
  return (await stepProcesses(cacheId)).some(({ command }) => command.includes(stepPrograms[step]));
}

/** Kills these processes at once. Returns how many there still were. */
export function kill(processes: readonly StepProcess[]): number {
  return processes.filter(({ pid }) => {
    try {
      process.kill(pid, "SIGKILL");
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
      throw error;
    }
  }).length;
}

/** A process may end while it is read. */
function read(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
}
