import { columns } from "./columns.ts";
import type { Answer, Question } from "./question.ts";

/** Lists what can be asked. */
export function describeQuestions(questions: readonly Question[]): Answer {
  return { json: questions.map(questionJson), text: questionsText(questions) };
}

/** The members of BuildKit's `subrequests.Request`. */
function questionJson({ name, version, description, options = {}, hasStatus }: Question) {
  const metadata = ["result.json", "result.txt", ...(hasStatus ? ["result.statuscode"] : [])];
  return {
    name,
    version,
    type: "rpc",
    description,
    opts: Object.entries(options).map(([option, meaning]) => ({ name: option, description: meaning })),
    inputs: [],
    metadata: metadata.map((key) => ({ name: key, description: "" })),
    refs: [],
  };
}

function questionsText(questions: readonly Question[]): string {
  const rows = questions.map(({ name, version, description }) => [
    name.replace(/^frontend\./, ""),
    version,
    description,
  ]);
  return columns([["NAME", "VERSION", "DESCRIPTION"], ...rows], 1);
}
