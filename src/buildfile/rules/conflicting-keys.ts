import { quote } from "../../text/quote.ts";
import { loadFileIn } from "../load-file.ts";
import type { SpecContext, SpecFinding, SpecRule } from "./spec-rule.ts";

/** What becomes of the command that the frontend writes for the image. */
const programKeys = ["main", "module"] as const;
const flagKeys = ["run.threads", "run.heap-size-hint", "run.gc-threads"] as const;

/** Keys where another key says the same, or the key that they belong to is absent. */
export const conflictingKeys: SpecRule = {
  name: "conflicting-keys",
  check: (context) => [
    ...replacedKeys(context),
    ...twoPrograms(context),
    ...workloadKeys(context),
    ...smallBaseKeys(context),
  ],
};

interface OwnCommand {
  /** The key that names it. */
  readonly key: string;
  readonly words: readonly string[];
}

/** The command that the person writes instead of the frontend; `cmd` is one only where it is not arguments of a program. */
function ownCommand({ spec, isGiven }: SpecContext): OwnCommand | undefined {
  const { entrypoint = [], cmd = [] } = spec.image;
  if (isGiven("image.entrypoint")) {
    return { key: "image.entrypoint", words: [...entrypoint, ...cmd] };
  }
  return isGiven("image.cmd") && !programKeys.some(isGiven) ? { key: "image.cmd", words: cmd } : undefined;
}

function replacedKeys(context: SpecContext): readonly SpecFinding[] {
  const command = ownCommand(context);
  if (command === undefined) {
    return [];
  }
  const message = (key: string) => `${quote(key)} has no effect beside ${quote(command.key)}`;
  return [
    ...programKeys.filter(context.isGiven).map(
      (key): SpecFinding => ({
        severity: "error",
        message: message(key),
        suggestion: `leave one of them out; arguments of \`${key}\` are written as \`cmd\` under [image]`,
        at: command.key,
      }),
    ),
    ...flagKeys.filter(context.isGiven).map(
      (key): SpecFinding => ({
        severity: "error",
        message: message(key),
        suggestion: `leave it out, and write the flag into \`${command.key}\``,
        at: key,
      }),
    ),
  ];
}

function twoPrograms({ isGiven }: SpecContext): readonly SpecFinding[] {
  return programKeys.every(isGiven)
    ? [
        {
          severity: "error",
          message: `${quote("main")} and ${quote("module")} both say what the image runs`,
          suggestion: "leave one of them out",
          at: "module",
        },
      ]
    : [];
}

function workloadKeys(context: SpecContext): readonly SpecFinding[] {
  const { spec, isGiven } = context;
  const workload = "precompile.workload";
  const timeout = "precompile.workload-timeout";
  if (!isGiven(workload)) {
    return isGiven(timeout)
      ? [
          {
            severity: "error",
            message: `${quote(timeout)} has no effect without ${quote(workload)}`,
            suggestion: "leave it out, or name a workload",
            at: timeout,
          },
        ]
      : [];
  }
  const command = ownCommand(context);
  const loadFile = loadFileIn(spec.depot.path);
  return command === undefined || command.words.includes(loadFile)
    ? []
    : [
        {
          severity: "error",
          message: `${quote(command.key)} does not load what ${quote(workload)} compiles`,
          suggestion: `add \`"-L", "${loadFile}"\` after \`"julia"\``,
          at: command.key,
        },
      ];
}

function smallBaseKeys({ isGiven }: SpecContext): readonly SpecFinding[] {
  return isGiven("image.base")
    ? []
    : ["image.keep-stdlibs", "image.compile-at-run-time"].filter(isGiven).map((key) => ({
        severity: "error",
        message: `${quote(key)} has no effect without ${quote("image.base")}`,
        suggestion: "leave it out: the image has all of Julia",
        at: key,
      }));
}
