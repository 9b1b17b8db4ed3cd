import { type Finding, leftOver, needless } from "./finding.ts";
import type { RunCommand } from "./run-command.ts";
import { programName, type ShellCommand } from "./shell-commands.ts";

export const aptPrograms = new Set(["apt-get", "apt", "aptitude"]);

/** Options of apt-get that take the next word (apt-get(8)). */
const withValue = new Set([
  "-t",
  "--target-release",
  "--default-release",
  "-o",
  "--option",
  "-c",
  "--config-file",
  "-a",
]);

/** What an installed package is needless for, or what has to be known of it. */
const needlessPackages: ReadonlyMap<string, string> = new Map([["julia", "the base image has Julia"]]);

/** Packages by their names become those of the spec; lists and caches of apt are not in the image. */
export function translateApt({ words, line, isOfBuilder, removed }: RunCommand): readonly Finding[] {
  const what = `RUN ${words.join(" ")}`;
  const [verb, ...names] = plainWords(words.slice(1));
  if (verb === "install" || verb === "build-dep") {
    return names.map((name) => packageFinding(name, line, isOfBuilder || removed.has(name)));
  }
  if (["upgrade", "dist-upgrade", "full-upgrade"].includes(verb ?? "")) {
    return [leftOver(line, what, "the packages of the base are taken as they are: name a newer `base`")];
  }
  if (["remove", "purge", "autoremove"].includes(verb ?? "") && names.length > 0) {
    return [needless(line, what, "what is under [packages] build-apt is not in the image")];
  }
  return [needless(line, what, "the build does that")];
}

/** The packages that a command removes. */
export function removedPackages({ words: [program = "", ...rest] }: ShellCommand): readonly string[] {
  const [verb = "", ...names] = plainWords(rest);
  return aptPrograms.has(programName(program)) && ["remove", "purge"].includes(verb) ? names : [];
}

function plainWords(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => !word.startsWith("-") && !withValue.has(words[index - 1] ?? ""));
}

function packageFinding(name: string, line: number, isOfBuilder: boolean): Finding {
  const why = needlessPackages.get(name);
  if (why !== undefined) return needless(line, `apt-get install ${name}`, why);
  if (/[$*`]/.test(name)) {
    return leftOver(line, `apt-get install ${name}`, "write the package's whole name under [packages] apt");
  }
  const at = ["packages", isOfBuilder ? "build-apt" : "apt"];
  return {
    kind: "offer",
    at,
    value: name,
    isItem: true,
    line,
    why: isOfBuilder ? "apt-get install, for the build alone" : "apt-get install",
  };
}
