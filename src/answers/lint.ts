import type { Spec } from "../buildfile/spec.ts";
import { loadProject } from "../engine/load-project.ts";
import { diagnoseAll, type OpenedSpec, openSpec, resolveBase } from "../frontend/prepare.ts";
import { checkBase } from "../plan/check-base.ts";
import { imageJulia } from "../plan/image-julia.ts";
import type { ResolvedBase } from "../plan/make-plan.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { lintJson, lintText } from "./lint-result.ts";
import type { Request } from "./question.ts";

/** Checks spec and project without building: `docker buildx build --call check`. */
export const lint: Request = {
  name: "frontend.lint",
  version: "1.0.0",
  description: "Check the spec and the project",
  hasStatus: true,
  answer: async ({ client, environment, request }) => {
    const opened = await openSpec(client, environment, request);
    const { spec, diagnostics } = opened.reading;
    const found =
      spec === undefined
        ? await diagnoseAll(opened)
        : [...diagnostics, ...(await checkProject(opened, spec))];
    return {
      json: lintJson(found),
      text: lintText(found),
      statusCode: found.length === 0 ? 0 : 1,
    };
  },
};

async function checkProject(opened: OpenedSpec, spec: Spec): Promise<readonly Diagnostic[]> {
  const base = await baseIfKnown(opened, spec);
  const [wanted = opened.platform] = opened.platforms;
  const project = await loadProject(spec, imageJulia(spec, base?.config), { ...opened, wanted });
  return [...(base === undefined ? [] : checkBase(spec, base.config)), ...project.diagnostics];
}

/** A check must work where the registry cannot be reached; then the spec alone says which Julia it is. */
async function baseIfKnown(opened: OpenedSpec, spec: Spec): Promise<ResolvedBase | undefined> {
  const [platform = opened.platform] = opened.platforms;
  try {
    return await resolveBase({ ...opened, spec }, platform);
  } catch {
    return undefined;
  }
}
