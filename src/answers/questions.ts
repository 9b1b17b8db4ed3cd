import {
  type FrontendEnvironment,
  type FrontendResult,
  type GatewayClient,
  StatusCode,
  StatusError,
  subrequestDetail,
} from "../buildkit/gateway/index.ts";
import { readBuildRequest } from "../request/build-request.ts";
import { describe } from "./describe.ts";
import { lint } from "./lint.ts";
import { outline } from "./outline.ts";
import { plan } from "./plan.ts";
import { type Request, type RequestContext, resultOfAnswer } from "./question.ts";
import { schema } from "./schema.ts";
import { targetList } from "./targets.ts";

const answerable: readonly Request[] = [lint, outline, plan, schema, targetList];

/** Everything that `--call` can ask, in the order in which it is listed. */
export const requests: readonly Request[] = [...answerable, describe(answerable)];

/** Answers what was asked for instead of a build. */
export async function answer(
  client: GatewayClient,
  environment: FrontendEnvironment,
): Promise<FrontendResult> {
  const request = readBuildRequest(environment.options);
  return answerRequest(request.requestId ?? "", { client, environment, request });
}

/** Answers a request other than a build. An unknown one is refused in the way that clients know. */
async function answerRequest(name: string, context: RequestContext): Promise<FrontendResult> {
  const request = requests.find((known) => known.name === name);
  if (request === undefined) {
    throw new StatusError({
      code: StatusCode.unknown,
      message: `unsupported request ${name}`,
      details: [subrequestDetail(name)],
    });
  }
  return resultOfAnswer(request, await request.answer(context));
}
