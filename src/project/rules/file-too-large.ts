import type { FileContext, FileRule } from "./file-rule.ts";
import type { FileFinding } from "./project-rule.ts";

/** What is larger is not a project's file, and would take the frontend long to find out. */
export const fileTooLarge: FileRule = {
  name: "file-too-large",
  check({ looks }: FileContext): readonly FileFinding[] {
    return [...looks].flatMap(([name, look]) =>
      look.kind === "too-large"
        ? [
            {
              severity: "error",
              message: `the file has ${look.bytes} bytes, more than the ${look.limit} that are read`,
              suggestion: "see that it is what its name says",
              file: { name, text: "" },
              path: [],
            },
          ]
        : [],
    );
  },
};
