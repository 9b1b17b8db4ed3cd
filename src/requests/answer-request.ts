import { type FrontendResult, StatusCode, StatusError, subrequestDetail } from "../gateway/index.ts";
import { type Request, type RequestContext, resultOfAnswer } from "./answer.ts";
import { describe } from "./describe.ts";
import { lint } from "./lint.ts";
import { outline } from "./outline.ts";
import { plan } from "./plan.ts";
import { schema } from "./schema.ts";
import { targetList } from "./targets.ts";

const answerable: readonly Request[] = [lint, outline, plan, schema, targetList];

/** Everything that `--call` can ask, in the order in which it is listed. */
export const requests: readonly Request[] = [...answerable, describe(answerable)];

/** Answers a request other than a build. An unknown one is refused in the way that clients know. */
export async function answerRequest(name: string, context: RequestContext): Promise<FrontendResult> {
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
