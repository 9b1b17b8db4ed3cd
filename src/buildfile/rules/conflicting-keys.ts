import { quote } from "../../text/quote.ts";
import { loadFileIn } from "../load-file.ts";
import type { SpecFinding, SpecRule } from "./spec-rule.ts";

const keysOfTheEntryPoint = ["main", "module", "run.threads", "run.heap-size-hint", "run.gc-threads"];

/** Two keys that say what the image starts, which can be one thing only; and keys for an entry point that another key replaces. */
export const conflictingKeys: SpecRule = {
  name: "conflicting-keys",
  check: ({ spec, isGiven }) => {
    const entrypoint = "image.entrypoint";
    const replaced = isGiven(entrypoint) ? keysOfTheEntryPoint.filter(isGiven) : [];
    const besides = replaced.map((key): SpecFinding => besideEntryPoint(key));
    const both: readonly SpecFinding[] =
      isGiven("main") && isGiven("module")
        ? [
            {
              severity: "error",
              message: `${quote("main")} and ${quote("module")} both say what the image runs`,
              suggestion: "leave one of them out",
              at: "module",
            },
          ]
        : [];
    const loadFile = loadFileIn(spec.depot.path);
    const forgotten: readonly SpecFinding[] =
      isGiven("precompile.workload") && isGiven(entrypoint) && !spec.image.entrypoint?.includes(loadFile)
        ? [
            {
              severity: "error",
              message: `${quote(entrypoint)} does not load what ${quote("precompile.workload")} compiles`,
              suggestion: `add \`"-L", "${loadFile}"\` after \`"julia"\``,
              at: entrypoint,
            },
          ]
        : [];
    return [...besides, ...both, ...forgotten];
  },
};

function besideEntryPoint(key: string): SpecFinding {
  const isProgram = key === "main" || key === "module";
  return {
    severity: "error",
    message: `${quote(key)} has no effect beside ${quote("image.entrypoint")}`,
    suggestion: isProgram
      ? `leave one of them out; arguments of \`${key}\` are written as \`cmd\` under [image]`
      : "leave one of them out, and write the flag into the entry point",
    at: isProgram ? "image.entrypoint" : key,
  };
}
