import { openSpec } from "../frontend/open-spec.ts";
import { defaultTarget, targets } from "../request/targets.ts";
import { columns } from "./columns.ts";
import type { Answer, QuestionContext } from "./question.ts";

/** Lists the targets, in the form of BuildKit's `targets.List`. */
export async function answerTargets({ client, environment, request }: QuestionContext): Promise<Answer> {
  const { loaded, reading } = await openSpec(client, environment, request);
  const base = reading.spec?.base;
  const json = {
    targets: targets.map(({ name, description, isImage }) => ({
      name,
      ...(name === defaultTarget.name ? { default: true } : {}),
      description,
      ...(base === undefined || !isImage ? {} : { base }),
    })),
    sources: [Buffer.from(loaded.file.text).toString("base64")],
  };
  const rows = targets.map(({ name, description }) => [
    name === defaultTarget.name ? `${name} (default)` : name,
    description,
  ]);
  return { json, text: columns([["TARGET", "DESCRIPTION"], ...rows], 1) };
}
