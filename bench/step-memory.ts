import { readdirSync, readFileSync } from "node:fs";

const interval = 200;

/**
 * Watches the steps of ours that run on this machine until it is stopped, and returns the most memory that the processes of one
 * had at the same time, in bytes: what they hold themselves, without the files that the kernel keeps in memory for them. Nothing
 * if there was none to see: the engine may be on another machine, or in one of its own.
 */
export function watchSteps(): { readonly stop: () => number | undefined } {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, ...memoryOfSteps());
  }, interval);
  return {
    stop: () => {
      clearInterval(timer);
      return peak === 0 ? undefined : peak;
    },
  };
}

/** Bytes of each step that runs now. A step is what has the control group of a process that was started with our programs. */
function memoryOfSteps(): readonly number[] {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const groups = new Map<string, string[]>();
  for (const pid of processes) {
    const group = textOf(pid, "cgroup");
    groups.set(group, [...(groups.get(group) ?? []), pid]);
  }
  const isOurs = (pid: string) => textOf(pid, "cmdline").includes("/run/frontend/programs/");
  return [...groups]
    .filter(([group, pids]) => group !== "" && pids.some(isOurs))
    .map(([, pids]) => pids.reduce((sum, pid) => sum + ownMemory(pid), 0));
}

/** proc_pid_status(5): RssAnon, in units of 1024 bytes. */
function ownMemory(pid: string): number {
  return Number(/^RssAnon:\s*(\d+) kB$/m.exec(textOf(pid, "status"))?.[1] ?? 0) * 1024;
}

/** Empty for a process that has ended. */
function textOf(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}
