import { keysTooNew, tooNewMessage } from "../keys-too-new.ts";
import type { SpecRule } from "./spec-rule.ts";

/**
 * A key that this Julia or its Pkg does not know yet would have no effect, and nobody would notice. Where the spec names no Julia,
 * the base image tells later (`checkBase` in src/plan/check-base.ts).
 */
export const keyNeedsNewerJulia: SpecRule = {
  name: "key-needs-newer-julia",
  check: ({ spec: { julia }, isGiven }) =>
    julia === undefined
      ? []
      : keysTooNew(isGiven, julia.version).map((key) => ({
          ...tooNewMessage(key, julia.text),
          at: key.path,
        })),
};
