import { quote } from "../../text/quote.ts";
import type { SpecRule } from "./spec-rule.ts";

/** What is in the image is there while building too. */
export const duplicatePackage: SpecRule = {
  name: "duplicate-package",
  check: ({ spec: { packages } }) => {
    const inImage = new Set(packages.apt.map(nameOf));
    return packages.buildApt
      .filter((entry) => inImage.has(nameOf(entry)))
      .map((entry) => ({
        severity: "warning",
        message: `${quote(nameOf(entry))} is listed in both \`apt\` and \`build-apt\``,
        suggestion: "remove it from `build-apt`: packages of `apt` are there while building too",
        at: "packages.build-apt",
      }));
  },
};

function nameOf(entry: string): string {
  return entry.split("=", 1)[0] ?? entry;
}
