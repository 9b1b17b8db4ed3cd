import { answer } from "../answers/questions.ts";
import { readEnvironment, runOnStdio } from "../buildkit/gateway/index.ts";
import { logFault } from "../frontend/log.ts";

export { runToolInProcess } from "./process.ts";

/** Answers a request other than a build (`--call`) on stdin and stdout, and exits. */
export function answerOnStdio(): Promise<never> {
  return runOnStdio(async (client) => answer(client, readEnvironment(process.env)), logFault);
}
