import type { OfferedValue } from "./finding.ts";

/** What a command line of `julia` runs, and which keys of the spec its flags are. */
export interface JuliaArguments {
  readonly runs:
    | { readonly kind: "script"; readonly path: string }
    | { readonly kind: "code"; readonly text: string }
    | { readonly kind: "module"; readonly name: string }
    | { readonly kind: "prompt" };
  /** Arguments of the program. */
  readonly rest: readonly string[];
  readonly settings: readonly {
    readonly at: readonly string[];
    readonly value: OfferedValue;
    readonly isItem?: true;
  }[];
  /** Flags that an image of the frontend needs not, with the reason. */
  readonly needless: readonly { readonly flag: string; readonly why: string }[];
  /** Flags that the spec has no key for. */
  readonly unknown: readonly string[];
}

/** Julia's one-letter options with a value, and their long names (Julia manual, "Command-line Interface"). */
const shortOptions: ReadonlyMap<string, string> = new Map([
  ...([
    ["t", "threads"],
    ["J", "sysimage"],
    ["e", "eval"],
    ["E", "print"],
    ["m", "module"],
  ] as const),
  ...([
    ["L", "load"],
    ["C", "cpu-target"],
    ["p", "procs"],
    ["H", "home"],
  ] as const),
]);

/** Long options whose value may be the next word. */
const withValue = new Set([
  "threads",
  "sysimage",
  "eval",
  "print",
  "module",
  "load",
  "cpu-target",
  "procs",
  "home",
]);

/** Long options that become a key. */
const settingKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ["threads", ["run", "threads"]],
  ["gcthreads", ["run", "gc-threads"]],
  ["heap-size-hint", ["run", "heap-size-hint"]],
  ["cpu-target", ["precompile", "cpu-target"]],
]);

const needlessOptions: ReadonlyMap<string, string> = new Map([
  ["project", "the image's Julia has the project without it"],
  [
    "sysimage",
    "packages are compiled to files of their own, and [precompile] workload keeps what runs first",
  ],
  ["startup-file", "the image has no startup file"],
  ["history-file", "it is about the prompt"],
  ["quiet", "it is about the prompt"],
  ["banner", "it is about the prompt"],
  ["color", "Julia sees by itself whether it writes to a terminal; `--color` has no key"],
  ["compiled-modules", "compiled files are always used"],
]);

const cacheFlag = /^(?:-[Og]\d?|--(?:optimize|debug-info|check-bounds|inline|math-mode|pkgimages)(?:=.*)?)$/;

/** Reads the words behind `julia`. */
export function readJuliaArguments(words: readonly string[]): JuliaArguments {
  const settings: { at: readonly string[]; value: string; isItem?: true }[] = [];
  const needless: { flag: string; why: string }[] = [];
  const unknown: string[] = [];
  const finish = (runs: JuliaArguments["runs"], rest: readonly string[]) => ({
    runs,
    rest,
    settings,
    needless,
    unknown,
  });
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (!word.startsWith("-") || word === "-")
      return finish({ kind: "script", path: word }, words.slice(index + 1));
    const rest = words.slice(index + 1);
    if (word === "--") {
      return rest[0] === undefined
        ? finish({ kind: "prompt" }, [])
        : finish({ kind: "script", path: rest[0] }, rest.slice(1));
    }
    const { name, value, takesNext } = optionOf(word, words[index + 1]);
    if (takesNext) index += 1;
    const behind = words.slice(index + 1);
    const at = settingKeys.get(name);
    const why = needlessOptions.get(name);
    if (name === "eval" || name === "print")
      return finish(
        { kind: "code", text: value },
        behind.filter((one) => one !== "--"),
      );
    if (name === "module") return finish({ kind: "module", name: value }, behind);
    if (at !== undefined) settings.push({ at, value });
    else if (why !== undefined) needless.push({ flag: word, why });
    else if (cacheFlag.test(word)) settings.push({ at: ["precompile", "flags"], value: word, isItem: true });
    else unknown.push(word);
  }
  return finish({ kind: "prompt" }, []);
}

interface Option {
  /** The long name. */
  readonly name: string;
  readonly value: string;
  /** Whether its value is the next word. */
  readonly takesNext: boolean;
}

function optionOf(word: string, next = ""): Option {
  if (word.startsWith("--")) {
    const [name = "", ...value] = word.slice(2).split("=");
    const takesNext = value.length === 0 && withValue.has(name);
    return { name, value: takesNext ? next : value.join("="), takesNext };
  }
  if (word === "-q") return { name: "quiet", value: "", takesNext: false };
  const name = shortOptions.get(word.charAt(1));
  if (name === undefined) return { name: word, value: "", takesNext: false };
  const attached = word.slice(2);
  return attached === ""
    ? { name, value: next, takesNext: true }
    : { name, value: attached, takesNext: false };
}
