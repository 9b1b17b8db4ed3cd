import { readEnvironment, runOnStdio } from "./gateway/index.ts";
import { answer } from "./requests/answer-request.ts";

export { runToolInProcess } from "./cli/process.ts";

/** Answers a request other than a build (`--call`) on stdin and stdout, and exits. */
export function answerOnStdio(): Promise<never> {
  return runOnStdio(async (client) => answer(client, readEnvironment(process.env)));
}
