import type { FrontendEnvironment, FrontendResult, GatewayClient } from "../buildkit/gateway/index.ts";
import type { BuildRequest } from "../request/build-request.ts";

/** What there is to answer a question with. */
export interface QuestionContext {
  readonly client: GatewayClient;
  readonly environment: FrontendEnvironment;
  readonly request: BuildRequest;
}

/** An answer for people and one for tools, with the same content. */
export interface Answer {
  readonly json: unknown;
  readonly text: string;
  /** Exit status of `docker buildx build --call`; absent: 0. */
  readonly statusCode?: number;
}

/** What can be asked instead of a build, as BuildKit describes it (frontend/subrequests/types.go). */
export interface Question {
  /** `docker buildx build --call NAME` asks for `frontend.NAME`. */
  readonly name: string;
  /** Version of the form of the answer. */
  readonly version: string;
  readonly description: string;
  /** Names of options that it heeds, with what they mean. */
  readonly options?: Readonly<Record<string, string>>;
  /** Whether the answer has an exit status. */
  readonly hasStatus?: boolean;
  readonly answer: (context: QuestionContext) => Answer | Promise<Answer>;
}

/** The result that carries an answer: no file system, only metadata. */
export function resultOfAnswer({ version }: Question, { json, text, statusCode }: Answer): FrontendResult {
  return {
    metadata: new Map([
      ["result.json", JSON.stringify(json, undefined, 2)],
      ["result.txt", text],
      ["version", version],
      ...(statusCode === undefined ? [] : [["result.statuscode", String(statusCode)] as const]),
    ]),
  };
}
