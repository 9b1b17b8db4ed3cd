import { specSchema } from "../../src/buildfile/json-schema.ts";
import { keys } from "../../src/buildfile/keys.ts";
import { rules } from "../../src/text/rules.ts";
import { referencePage } from "./reference-page.ts";
import { rulesPage } from "./rules-page.ts";

/** Files that are written from the tables in the source: path in the repository, and text. */
export const generatedTexts: readonly (readonly [path: string, text: string])[] = [
  ["schema/julia.schema.json", `${JSON.stringify(specSchema(), undefined, 2)}\n`],
  ["docs/reference.md", referencePage(keys)],
  ["docs/rules/README.md", rulesPage(rules)],
];
