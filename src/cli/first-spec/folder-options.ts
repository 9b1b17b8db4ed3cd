import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "../tool-options.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Options that every command has which writes a first spec. */
export const sharedOptions = {
  print: { type: "boolean" },
  frontend: { type: "string" },
} as const satisfies Options;

/** Reads options and, beside them, at most one folder. Throws a UsageError. */
export function readFolderOptions<const Known extends Options>(args: readonly string[], options: Known) {
  const { values, positionals } = parsed(args, options);
  const [project, ...others] = positionals;
  if (others.length > 0) throw new UsageError(`${others[0]}: not understood`);
  return { ...values, project };
}

function parsed<const Known extends Options>(args: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
