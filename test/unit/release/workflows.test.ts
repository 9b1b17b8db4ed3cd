import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const { scripts } = JSON.parse(read("package.json"));

describe.each([".github/workflows/ci.yml", ".github/workflows/release.yml", ".gitlab-ci.yml"])(
  "%s",
  (file) => {
    const text = read(file);

    it("calls scripts that there are", () => {
      const called = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name ?? "");
      expect(called.filter((name) => scripts[name] === undefined)).toEqual([]);
    });

    // What is longer than a line is a program that tests can run.
    it("has commands of one line each", () => {
      expect(text).not.toMatch(/(?:run|script): *[|>]/);
    });
  },
);
