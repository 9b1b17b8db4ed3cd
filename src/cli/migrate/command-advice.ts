import { type Finding, leftOver, needless } from "./finding.ts";
import type { RunCommand } from "./run-command.ts";
import { programName, shells } from "./shell-commands.ts";

/** What is said of a command, by its program and maybe its words. */
interface Advice {
  readonly programs: ReadonlySet<string>;
  /** Only if a word is like that. */
  readonly word?: RegExp;
  readonly kind: "needless" | "left-over";
  readonly text: string;
}

const programs = (names: string) => new Set(names.split(" "));

/** The first that fits counts. */
const advices: readonly Advice[] = [
  {
    programs: programs("useradd adduser groupadd addgroup usermod chown chmod chgrp passwd"),
    kind: "needless",
    text: "every user can read all of the image, and `user` may be a number that the image does not know",
  },
  {
    programs: programs("rm rmdir find"),
    kind: "needless",
    text: "what is only for building is not in the image",
  },
  {
    programs: programs("cp mv ln"),
    word: /(?:^|\/)\.julia(?:\/|$)/,
    kind: "needless",
    text: "the depot is in the image as the manifest needs it",
  },
  {
    programs: programs("curl wget tar ln mv cp unzip sha256sum gpg apt-key asdf"),
    word: /julia(?!.*\.(?:jl|toml)$)/i,
    kind: "needless",
    text: "the base image has Julia",
  },
  { programs: programs("juliaup jill jill.py"), kind: "needless", text: "the base image has Julia" },
  {
    programs: programs("apk yum dnf microdnf zypper pacman brew"),
    kind: "left-over",
    text: "name the Debian packages of the same content under [packages] apt, or build a base image with it",
  },
  {
    programs: programs("pip pip3 conda mamba micromamba python python3 jupyter uv"),
    kind: "left-over",
    text: "docs/packages-that-need-more.md says how Python and notebooks are given; otherwise build a base image with it, and name that as `base`",
  },
  {
    programs: programs("git"),
    word: /^clone$/,
    kind: "left-over",
    text: "take the repository as a package of the manifest, which names its address and commit, or put it into the build context",
  },
];

/** Commands that leave nothing in an image, unless their output goes to a file. */
const silent = programs(
  "set true : cd export unset umask shopt exit test [ sleep ls pwd which cat echo printf uname sort grep head tail wc date sync ldconfig",
);

/** What becomes of a command of the shell that is about neither Julia nor Debian's packages. */
export function commandAdvice({ words, line, writesFile }: RunCommand): readonly Finding[] {
  const [program = "", ...rest] = words;
  const name = programName(program);
  const what = `RUN ${words.join(" ")}`;
  // Of `curl … | sh -s -- …` and `curl … | tar -xz`, the download says what it is about.
  const isPiped = shells.has(name) && (rest.includes("-s") || rest.every((word) => word.startsWith("-")));
  const isUnpacking = name === "tar" && !rest.some((word) => /^(?:-?[A-Za-z]*f|--file)/.test(word));
  const isAsking = rest.length > 0 && rest.every((word) => /^(?:-v|-V|--version|--help)$/.test(word));
  if (isPiped || isUnpacking || isAsking || (silent.has(name) && !writesFile)) return [];
  const found = advices.find(
    ({ programs: some, word }) =>
      some.has(name) && (word === undefined || rest.some((one) => word.test(one))),
  );
  const { kind = "left-over", text = noCounterpart } = found ?? {};
  return [kind === "needless" ? needless(line, what, text) : leftOver(line, what, text)];
}

const noCounterpart = "there is no counterpart: build a base image with it, and name that as `base`";
