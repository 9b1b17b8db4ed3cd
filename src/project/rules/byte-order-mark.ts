import { type FileContext, type FileRule, filesOf } from "./file-rule.ts";
import type { FileFinding } from "./project-rule.ts";

/** Julia takes the mark for the beginning of a key (`startup` in base/toml_parser.jl looks for it before it has read any). */
export const byteOrderMark: FileRule = {
  name: "byte-order-mark",
  check({ files }: FileContext): readonly FileFinding[] {
    return filesOf(files)
      .filter(({ text }) => text.startsWith("\ufeff"))
      .map((file) => ({
        severity: "error",
        message: "the file begins with a byte order mark, which Julia cannot read",
        suggestion: "save it as UTF-8 without a byte order mark",
        file,
        path: [],
      }));
  },
};
