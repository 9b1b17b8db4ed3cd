export interface Settings {
  readonly repetitions: number;
  /** Whether to measure what has this name. */
  readonly wants: {
    readonly case: (name: string) => boolean;
    readonly project: (name: string) => boolean;
    readonly contender: (name: string) => boolean;
  };
  /** Pkg server of the real packages. */
  readonly server: string | undefined;
  /** Folder of a project of the reader's own. */
  readonly folder: string | undefined;
  /** Package that is added to real projects. */
  readonly add: string | undefined;
  /** Package that is updated in real projects. */
  readonly update: string | undefined;
  /** Packages of other projects in the cache. */
  readonly others: number;
  /** Whether layers stay in the builder: which are whose cannot be seen on an engine that others use meanwhile. */
  readonly keepsLayers: boolean;
  /** Value of JULIA_CPU_TARGET for all. */
  readonly cpuTarget: string;
}

/** Settings by the variables whose names begin with BENCH_. Throws for a number that is none. */
export function settingsFrom(environment: Readonly<Record<string, string | undefined>>): Settings {
  const text = (name: string): string | undefined => environment[name] || undefined;
  return {
    repetitions: count(text("BENCH_REPETITIONS"), 3),
    wants: {
      case: chosen(text("BENCH_CASES")),
      project: chosen(text("BENCH_PROJECTS")),
      contender: chosen(text("BENCH_CONTENDERS")),
    },
    server: text("BENCH_PKG_SERVER"),
    folder: text("BENCH_PROJECT"),
    add: text("BENCH_ADD"),
    update: text("BENCH_UPDATE"),
    others: count(text("BENCH_OTHERS"), 1000),
    keepsLayers: text("BENCH_KEEP_LAYERS") !== undefined,
    cpuTarget: "generic",
  };
}

function count(text: string | undefined, otherwise: number): number {
  const value = Number(text ?? otherwise);
  if (!Number.isInteger(value) || value < 1) throw new Error(`not a number of times: ${text}`);
  return value;
}

/** Names of a list, parted by commas; everything without a list. */
function chosen(list: string | undefined): (name: string) => boolean {
  const names = list?.split(",").map((name) => name.trim());
  return (name) => names?.includes(name) ?? true;
}
