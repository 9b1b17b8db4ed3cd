import { quote } from "../../text/quote.ts";
import type { SpecRule } from "./spec-rule.ts";

/** Both say what the image starts, and it can start one thing only. */
export const conflictingKeys: SpecRule = {
  name: "conflicting-keys",
  check: ({ isGiven }) =>
    isGiven("main") && isGiven("image.entrypoint")
      ? [
          {
            severity: "error",
            message: `${quote("main")} has no effect beside ${quote("image.entrypoint")}`,
            suggestion: "leave one of them out; arguments of `main` are written as `cmd` under [image]",
            at: "image.entrypoint",
          },
        ]
      : [],
};
