import { appNotRun } from "./app-not-run.ts";
import { byteOrderMark } from "./byte-order-mark.ts";
import type { FileRule } from "./file-rule.ts";
import { fileTooLarge } from "./file-too-large.ts";
import { ignoredFile } from "./ignored-file.ts";
import { linkOutsideContext } from "./link-outside-context.ts";
import { manifestNotFound } from "./manifest-not-found.ts";
import { noTests } from "./no-tests.ts";

export const fileRules: readonly FileRule[] = [
  appNotRun,
  byteOrderMark,
  fileTooLarge,
  ignoredFile,
  linkOutsideContext,
  manifestNotFound,
  noTests,
];
