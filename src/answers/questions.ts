import {
  type FrontendEnvironment,
  type FrontendResult,
  type GatewayClient,
  StatusCode,
  StatusError,
  subrequestDetail,
} from "../buildkit/gateway/index.ts";
import { toReturn } from "../frontend/report.ts";
import { readBuildRequest } from "../request/build-request.ts";
import { answerCheck } from "./answer-check.ts";
import { answerOutline } from "./answer-outline.ts";
import { answerPlan } from "./answer-plan.ts";
import { answerSchema } from "./answer-schema.ts";
import { answerTargets } from "./answer-targets.ts";
import { describeQuestions } from "./describe-questions.ts";
import { type Question, resultOfAnswer } from "./question.ts";

/** Everything that `--call` can ask, in the order in which it is listed. */
export const questions: readonly Question[] = [
  {
    // docker buildx build --call check
    name: "frontend.lint",
    version: "1.0.0",
    description: "Check the spec and the project",
    hasStatus: true,
    answer: answerCheck,
  },
  {
    name: "frontend.outline",
    version: "1.0.0",
    description: "List the build arguments, secrets and ssh agents of the spec",
    options: { target: "Target to build" },
    answer: answerOutline,
  },
  {
    name: "frontend.plan",
    version: "1.0.0",
    description: "Show what would be built",
    options: { target: "Target to build", platform: "Platforms to build for" },
    answer: answerPlan,
  },
  {
    name: "frontend.schema",
    version: "1.0.0",
    description: "Print the JSON Schema of the spec, for editors",
    answer: answerSchema,
  },
  {
    name: "frontend.targets",
    version: "1.0.0",
    description: "List the targets that can be built",
    answer: answerTargets,
  },
  {
    name: "frontend.subrequests.describe",
    version: "1.0.0",
    description: "List the requests that this frontend answers",
    answer: () => describeQuestions(questions),
  },
];

/** Answers what was asked for instead of a build. Rejects with what the person who asks is to see. */
export async function answer(
  client: GatewayClient,
  environment: FrontendEnvironment,
): Promise<FrontendResult> {
  try {
    const request = readBuildRequest(environment.options);
    const question = findQuestion(request.requestId ?? "");
    return resultOfAnswer(question, await question.answer({ client, environment, request }));
  } catch (error) {
    throw toReturn(error);
  }
}

/** An unknown question is refused in the way that clients know. */
function findQuestion(name: string): Question {
  const question = questions.find((known) => known.name === name);
  if (question === undefined) {
    throw new StatusError({
      code: StatusCode.unknown,
      message: `unsupported request ${name}`,
      details: [subrequestDetail(name)],
    });
  }
  return question;
}
