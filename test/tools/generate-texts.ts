// Writes the files that come from the tables in the source. Run by `npm run generate`.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { generatedTexts } from "./generated-texts.ts";

const repository = resolve(import.meta.dirname, "../..");
for (const [path, text] of generatedTexts) {
  const file = resolve(repository, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
