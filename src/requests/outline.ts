import type { SourceFile, Span } from "../diagnostics/source-file.ts";
import { buildContextOf, openSpec } from "../prepare.ts";
import type { Spec } from "../spec/spec.ts";
import type { Request } from "./answer.ts";
import { columns } from "./columns.ts";
import { locationJson } from "./location.ts";
import { targetDescriptions } from "./targets.ts";

/** Lists the parameters of a build, in the form of BuildKit's `outline.Outline`. */
export const outline: Request = {
  name: "frontend.outline",
  version: "1.0.0",
  description: "List the build arguments of the spec, with their values",
  options: { target: "Target to build" },
  answer: async ({ client, environment, request }) => {
    const { spec, target } = buildContextOf(await openSpec(client, environment, request));
    const args = argumentsOf(spec);
    const description = targetDescriptions[target];
    const json = {
      name: target,
      description,
      ...(args.length === 0 ? {} : { args }),
      sources: [Buffer.from(spec.file.text).toString("base64")],
    };
    const head = columns(
      [
        ["TARGET:", target],
        ["DESCRIPTION:", description],
      ],
      1,
    );
    const rows = args.map((arg) => [arg.name, arg.value ?? "", arg.description ?? ""]);
    const list = rows.length === 0 ? "" : `\n${columns([["BUILD ARG", "VALUE", "DESCRIPTION"], ...rows])}`;
    return { json, text: head + list };
  },
};

function argumentsOf({ args, spans, file }: Spec) {
  return [...args].map(([name, value]) => {
    const span = spans.get(`args.${name}`);
    const description = span === undefined ? "" : commentAbove(file, span);
    return {
      name,
      ...(description === "" ? {} : { description }),
      ...(value === "" ? {} : { value }),
      ...(span === undefined ? {} : { location: locationJson([span]) }),
    };
  });
}

/** The comment in the line above a key: what the argument is for, as in Dockerfiles. */
function commentAbove({ text }: SourceFile, { start }: Span): string {
  const line = text.split(/\r?\n/)[start.line - 2] ?? "";
  return /^\s*#\s*(\S.*)$/.exec(line)?.[1]?.trimEnd() ?? "";
}
