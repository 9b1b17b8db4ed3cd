import { didYouMeanText } from "../../text/did-you-mean.ts";
import { quote } from "../../text/quote.ts";
import type { SpecRule } from "./spec-rule.ts";

/** Arguments that BuildKit and its clients define themselves (Dockerfile reference, "Predefined ARGs"). */
const predefined = /^(?:(?:all|ftp|http|https|no)_proxy|source_date_epoch|buildkit_\w+)$/i;

/** As for Dockerfiles: an argument that nothing declares is most likely misspelt, yet does no harm. */
export const undeclaredBuildArg: SpecRule = {
  name: "undeclared-build-arg",
  check: ({ spec, buildArgs }) =>
    [...buildArgs.keys()]
      .filter((name) => !spec.args.has(name) && !predefined.test(name))
      .map((name) => ({
        severity: "warning",
        message: `--build-arg ${quote(name)} is not declared under [args]`,
        suggestion: didYouMeanText(name, spec.args.keys()) ?? "declare it, or leave it out",
        at: null,
      })),
};
