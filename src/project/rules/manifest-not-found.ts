import { posix } from "node:path";
import { quote } from "../../text/quote.ts";
import { cleanPath } from "../clean-path.ts";
import { declaredManifest } from "../find-files.ts";
import type { FileContext, FileRule } from "./file-rule.ts";
import type { FileFinding } from "./project-rule.ts";

/** Julia goes on with another manifest then, and Pkg makes a new one. */
export const manifestNotFound: FileRule = {
  name: "manifest-not-found",
  check({ files }: FileContext): readonly FileFinding[] {
    if (files === undefined) {
      return [];
    }
    const { folder, projectFile, manifest } = files;
    const place = files.workspace ?? { folder, projectFile };
    const declared = declaredManifest(place.projectFile);
    if (declared === undefined || manifest?.name === cleanPath(posix.join(place.folder, declared))) {
      return [];
    }
    return [
      {
        severity: "error",
        message: `the project's manifest is to be ${quote(declared)}, which is not in the build context`,
        suggestion: "name a file of the build context, or remove the key to let the build choose versions",
        file: place.projectFile,
        path: ["manifest"],
      },
    ];
  },
};
