import type { Spec } from "../buildfile/spec.ts";
import { dependencyContextNames, type NamedPackage } from "../engine/dependency-contexts.ts";
import { namedBase, namedSmallBase } from "../engine/load-base.ts";
import { seedContext } from "../engine/load-seed.ts";
import type { BuildRequest } from "../request/build-request.ts";
import { contextName } from "../request/context-request.ts";
import { quote } from "../text/quote.ts";
import { UserError } from "../text/user-error.ts";
import { projectContext } from "./open-spec.ts";

/** Throws if `--build-context` names something that this build does not have: it would have no effect. */
export function refuseUnusedContexts(
  { contexts, source }: BuildRequest,
  spec: Spec,
  paths: readonly NamedPackage[],
): void {
  const names = [
    ...namedBase(spec.base).names,
    ...(spec.image.base === undefined ? [] : namedSmallBase(spec.image.base).names),
    projectContext,
    seedContext,
    ...paths.flatMap(dependencyContextNames),
  ];
  // The name of the frontend's own image concerns BuildKit, before it starts us.
  const known = new Set([...names, ...(source === undefined ? [] : [source])].map(contextName));
  for (const key of contexts.named.keys()) {
    const [name = ""] = key.split("::", 1);
    if (!known.has(name)) {
      const usable = names.map((each) => quote(contextName(each))).join(", ");
      throw new UserError(
        `--build-context ${name}: this build has nothing of that name; it can replace ${usable}`,
      );
    }
  }
}
