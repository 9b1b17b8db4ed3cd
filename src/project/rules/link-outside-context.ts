import { quote } from "../../text/quote.ts";
import type { FileContext, FileRule } from "./file-rule.ts";
import type { FileFinding } from "./project-rule.ts";

/** Nothing but the build context reaches the build, whatever is linked to. */
export const linkOutsideContext: FileRule = {
  name: "link-outside-context",
  check({ looks }: FileContext): readonly FileFinding[] {
    return [...looks].flatMap(([path, look]) =>
      look.kind === "outside"
        ? [
            {
              severity: "error",
              message: `${quote(look.link)} is a link to ${quote(look.target)}, which is not in the build context`,
              suggestion: "put what it links to into the context, and link to it by a relative path",
              file: { name: path, text: "" },
              path: [],
            },
          ]
        : [],
    );
  },
};
