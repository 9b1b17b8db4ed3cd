import { graphOf } from "../buildkit/llb/graph.ts";
import type { Platform } from "../buildkit/llb/index.ts";
import { type BuildContext, buildContextOf, openSpec, preparePlan } from "../frontend/prepare.ts";
import { diagnosticsError } from "../frontend/report.ts";
import { type Target, targets } from "../plan/plan.ts";
import { version } from "../text/version.ts";
import { describePlan, type PlanDescription, planSchemaVersion } from "./describe-plan.ts";
import { planText } from "./plan-text.ts";
import type { Answer, Request } from "./question.ts";

/** Shows what would be built, without building: `docker buildx build --call plan`. */
export const plan: Request = {
  name: "frontend.plan",
  version: "1.0.0",
  description: "Show what would be built",
  options: { target: "Target to build", platform: "Platforms to build for" },
  answer: async ({ client, environment, request }) => {
    const context = await buildContextOf(await openSpec(client, environment, request));
    return planAnswer(
      await Promise.all(context.platforms.map((platform) => planOfPlatform(context, platform))),
    );
  },
};

/** What `--call plan` prints. */
export function planAnswer(plans: readonly PlanDescription[]): Answer {
  const all: readonly Target[] = targets;
  const json = { schemaVersion: planSchemaVersion, frontend: version, targets: all, plans };
  return { json, text: planText(plans) };
}

async function planOfPlatform(context: BuildContext, platform: Platform): Promise<PlanDescription> {
  const { value, diagnostics } = await preparePlan(context, platform);
  if (value === undefined) {
    throw diagnosticsError(diagnostics);
  }
  return describePlan(value.plan, context.spec, graphOf(value.definition));
}
