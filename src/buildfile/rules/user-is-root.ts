import type { SpecRule } from "./spec-rule.ts";

export const userIsRoot: SpecRule = {
  name: "user-is-root",
  check: ({ spec: { user } }) =>
    user.user !== "root" && user.uid !== 0
      ? []
      : [
          {
            severity: "warning",
            message: "the image runs as root",
            suggestion: "leave `user` out: the depot can be read by every user",
            at: "user",
          },
        ],
};
