import { specSchema } from "../buildfile/json-schema.ts";
import type { Request } from "./question.ts";

/** The JSON Schema of the spec: the same text for people and tools, ready to be saved to a file. */
export const schema: Request = {
  name: "frontend.schema",
  version: "1.0.0",
  description: "Print the JSON Schema of the spec, for editors",
  answer: () => {
    const json = specSchema();
    return { json, text: `${JSON.stringify(json, undefined, 2)}\n` };
  },
};
