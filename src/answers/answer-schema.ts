import { specSchema } from "../buildfile/json-schema.ts";
import type { Answer } from "./question.ts";

/** The JSON Schema of the spec: the same text for people and tools, ready to be saved to a file. */
export function answerSchema(): Answer {
  const json = specSchema();
  return { json, text: `${JSON.stringify(json, undefined, 2)}\n` };
}
