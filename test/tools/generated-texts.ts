import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { specSchema } from "../../src/buildfile/json-schema.ts";
import { keys } from "../../src/buildfile/keys.ts";
import { rules } from "../../src/text/rules.ts";
import { architecturePage } from "./architecture-page.ts";
import { importsIn } from "./imports.ts";
import { referencePage } from "./reference-page.ts";
import { rulesPage } from "./rules-page.ts";
import { schemaStoreEntry } from "./schemastore-entry.ts";

const repository = resolve(import.meta.dirname, "../..");
const architecture = "docs/architecture.md";
const page = readFileSync(resolve(repository, architecture), "utf8");

/** Files that are written from the source, as a whole or in part: path in the repository, and text. */
export const generatedTexts: readonly (readonly [path: string, text: string])[] = [
  ["schema/julia.schema.json", `${JSON.stringify(specSchema(), undefined, 2)}\n`],
  ["schema/schemastore-entry.json", `${JSON.stringify(schemaStoreEntry, undefined, 2)}\n`],
  ["docs/reference.md", referencePage(keys)],
  ["docs/rules/README.md", rulesPage(rules)],
  [architecture, architecturePage(page, importsIn(resolve(repository, "src")))],
];
