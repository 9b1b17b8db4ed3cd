import type { Spec } from "../buildfile/spec.ts";
import { buildContextOf, openSpec } from "../frontend/open-spec.ts";
import type { Target } from "../request/targets.ts";
import type { SourceFile, Span } from "../text/source-file.ts";
import { columns } from "./columns.ts";
import { locationJson } from "./location.ts";
import type { Answer, QuestionContext } from "./question.ts";

/** Lists the parameters of a build, in the form of BuildKit's `outline.Outline`. */
export async function answerOutline({ client, environment, request }: QuestionContext): Promise<Answer> {
  const { spec, target } = await buildContextOf(await openSpec(client, environment, request));
  return outlineOf(spec, target);
}

function outlineOf(spec: Spec, { name, description }: Target): Answer {
  const args = argumentsOf(spec);
  const { secrets, agents } = grantsOf(spec);
  const json = {
    name,
    description,
    ...(args.length === 0 ? {} : { args }),
    ...(secrets.length === 0 ? {} : { secrets }),
    ...(agents.length === 0 ? {} : { ssh: agents }),
    sources: [Buffer.from(spec.file.text).toString("base64")],
  };
  const head = [
    ["TARGET:", name],
    ["DESCRIPTION:", description],
  ];
  const argumentRows = args.map((arg) => [arg.name, arg.value ?? "", arg.description ?? ""]);
  const lists = [
    list(["BUILD ARG", "VALUE", "DESCRIPTION"], argumentRows),
    list(["SECRET", "REQUIRED"], secrets.map(grantRow)),
    list(["SSH", "REQUIRED"], agents.map(grantRow)),
  ];
  return { json, text: columns(head, 1) + lists.join("") };
}

function list(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? "" : `\n${columns([head, ...rows])}`;
}

interface Grant {
  readonly name: string;
  readonly required?: true;
  readonly location?: object;
}

function grantRow({ name, required }: Grant): readonly string[] {
  return [name, required ? "true" : ""];
}

/** What the spec wants of `--secret` and `--ssh`. */
function grantsOf({ secrets, ssh, pkg, spans }: Spec) {
  const grant = (name: string, key: string, required: boolean): Grant => {
    const span = spans.get(key);
    return {
      name,
      ...(required ? { required } : {}),
      ...(span === undefined ? {} : { location: locationJson([span]) }),
    };
  };
  return {
    secrets: [
      ...secrets.map(({ id, required }) => grant(id, `secrets.${id}`, required)),
      ...(pkg.auth === undefined ? [] : [grant(pkg.auth, "pkg.auth", true)]),
    ],
    agents: (ssh?.ids ?? []).map((id) => grant(id, "ssh.ids", false)),
  };
}

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
