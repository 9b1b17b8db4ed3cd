import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { generatedTexts } from "../tools/generated-texts.ts";

describe("files written from the tables in the source", () => {
  it.each(generatedTexts)("%s is up to date (npm run generate)", (path, text) => {
    expect(readFileSync(resolve(import.meta.dirname, "../..", path), "utf8")).toBe(text);
  });
});
