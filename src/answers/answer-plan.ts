import { graphOf } from "../buildkit/llb/graph.ts";
import { buildContextOf, openSpec } from "../frontend/open-spec.ts";
import { prepare } from "../frontend/prepare.ts";
import { targetNames } from "../request/targets.ts";
import { version } from "../text/product.ts";
import { describePlan, type PlanDescription, planSchemaVersion } from "./describe-plan.ts";
import { planText } from "./plan-text.ts";
import type { Answer, QuestionContext } from "./question.ts";

/** Shows what would be built, without building. */
export async function answerPlan({ client, environment, request }: QuestionContext): Promise<Answer> {
  const context = await buildContextOf(await openSpec(client, environment, request));
  const prepared = await Promise.all(context.platforms.map((platform) => prepare(context, platform)));
  return planAnswer(
    prepared.map(({ plan, definition }) => describePlan(plan, context.spec, graphOf(definition))),
  );
}

/** The answer that shows these plans. */
export function planAnswer(plans: readonly PlanDescription[]): Answer {
  const json = { schemaVersion: planSchemaVersion, frontend: version, targets: targetNames, plans };
  return { json, text: planText(plans) };
}
