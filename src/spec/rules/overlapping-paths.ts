import { quote } from "../../diagnostics/quote.ts";
import type { SpecRule } from "./rule.ts";

/** Copying the project must not touch the depot, nor the depot's cache hide the project. */
export const overlappingPaths: SpecRule = {
  name: "overlapping-paths",
  check: ({ spec, isGiven }) => {
    const { path, depot } = spec;
    if (!isInside(path, depot.path) && !isInside(depot.path, path)) {
      return [];
    }
    return [
      {
        severity: "error",
        message: `${quote("path")} (${path}) and ${quote("depot.path")} (${depot.path}) overlap`,
        suggestion: "give each a folder of its own, neither inside the other",
        at: isGiven("depot.path") ? "depot.path" : "path",
      },
    ];
  },
};

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
