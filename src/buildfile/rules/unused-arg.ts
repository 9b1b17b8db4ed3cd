import { quote } from "../../text/quote.ts";
import type { SpecRule } from "./spec-rule.ts";

export const unusedArg: SpecRule = {
  name: "unused-arg",
  check: ({ spec, usedArgs }) =>
    [...spec.args.keys()]
      .filter((name) => !usedArgs.has(name))
      .map((name) => ({
        severity: "warning",
        message: `the argument ${quote(name)} is used nowhere`,
        suggestion: `use it as \`\${${name}}\` in a string, or remove it`,
        at: `args.${name}`,
      })),
};
