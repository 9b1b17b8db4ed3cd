import type { Spec } from "../buildfile/spec.ts";
import { type LoadedBase, loadBase, namedBase } from "../engine/load-base.ts";
import { loadProject } from "../engine/load-project.ts";
import { diagnoseAll, type OpenedSpec, openSpec } from "../frontend/open-spec.ts";
import { checkBase } from "../plan/check-base.ts";
import { imageJulia } from "../plan/image-julia.ts";
import type { Diagnostic } from "../text/diagnostic.ts";
import { lintJson, lintText } from "./check-result.ts";
import type { Answer, QuestionContext } from "./question.ts";

/** Checks spec and project without building. */
export async function answerCheck({ client, environment, request }: QuestionContext): Promise<Answer> {
  const opened = await openSpec(client, environment, request);
  const { spec, diagnostics } = opened.reading;
  const found =
    spec === undefined ? await diagnoseAll(opened) : [...diagnostics, ...(await checkProject(opened, spec))];
  return {
    json: lintJson(found),
    text: lintText(found),
    statusCode: found.length === 0 ? 0 : 1,
  };
}

async function checkProject(opened: OpenedSpec, spec: Spec): Promise<readonly Diagnostic[]> {
  const [wanted = opened.platform] = opened.platforms;
  const base = await baseIfKnown(opened, spec);
  const project = await loadProject(spec, imageJulia(spec, base?.config), { ...opened, wanted });
  return [...(base === undefined ? [] : checkBase(spec, base.config)), ...project.diagnostics];
}

/** A check must work where the registry cannot be reached; then the spec alone says which Julia it is. */
async function baseIfKnown(opened: OpenedSpec, spec: Spec): Promise<LoadedBase | undefined> {
  const [platform = opened.platform] = opened.platforms;
  try {
    return await loadBase(namedBase(spec.base), platform, {
      ...opened,
      resolveMode: opened.request.resolveMode,
    });
  } catch {
    return undefined;
  }
}
