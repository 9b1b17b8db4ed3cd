import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { parseJuliaVersion } from "../../../src/julia/julia-version.ts";
import { looksAt } from "../../../src/project/looks.ts";
import { readProjectTexts } from "../../../src/project/read-project-texts.ts";
import type { Diagnostic } from "../../../src/text/diagnostic.ts";
import { type RuleName, rules } from "../../../src/text/rules.ts";

const folder = resolve(import.meta.dirname, "../../../docs/rules");

/** Rules about what is not in the text of a file: a missing file, an option, a size, a mistake of ours. */
const withoutExample: readonly RuleName[] = [
  "base-without-apt",
  "byte-order-mark",
  "file-too-large",
  "ignored-file",
  "internal-error",
  "link-outside-context",
  "script-not-found",
  "more-problems",
  "no-manifest",
  "no-project",
  "no-spec",
  "no-tests",
  "onbuild-base",
  "path-dependency-missing",
  "renamed-key",
  "sources-need-newer-julia",
  "spec-too-large",
  "undeclared-build-arg",
];

/** The text below a heading, up to the next one. */
function section(page: string, heading: string): string {
  return page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
}

/** The files that a section shows, by name. */
function files(text: string): ReadonlyMap<string, string> {
  const shown = text.matchAll(/^`([\w.]+)`[^\n]*:\n\n```toml\n(.*?)```/gms);
  return new Map([...shown].map(([, name = "", content = ""]) => [name, content]));
}

/** What is found in these files, with the plainest ones for those that are not shown. */
function check(shown: ReadonlyMap<string, string>): readonly Diagnostic[] {
  const file = (name: string, text: string) => ({ name, text: shown.get(name) ?? text });
  const { spec, diagnostics } = readSpec(file("julia.toml", 'julia = "1.11"\n'));
  const julia = parseJuliaVersion(spec?.julia?.text ?? "1.11");
  const projectFile = file("Project.toml", "");
  const manifest = file("Manifest.toml", 'manifest_format = "2.0"\n');
  const looks = looksAt([projectFile, manifest]);
  const options = { julia, ignorePatterns: [], hasContext: () => false, runsTests: false };
  const project =
    spec === undefined ? [] : readProjectTexts(spec, { folder: ".", looks }, options).diagnostics;
  return [...diagnostics, ...project];
}

describe("the pages of the rules", () => {
  it("are one for each rule", () => {
    const pages = readdirSync(folder).filter((name) => name !== "README.md");
    expect(pages.sort()).toEqual([...rules.keys()].map((rule) => `${rule}.md`).sort());
  });

  describe.each([...rules])("%s", (rule, { severity, summary }) => {
    const page = readFileSync(resolve(folder, `${rule}.md`), "utf8");
    const bad = files(section(page, "Bad"));
    const good = files(section(page, "Good"));

    it("says what, why and how to skip", () => {
      expect(page).toMatch(new RegExp(`^# ${rule}\n`));
      expect(page).toContain(summary);
      expect(section(page, "Why").length).toBeGreaterThan(20);
      expect(section(page, "Skip")).toContain(
        severity === "error" ? "cannot be skipped" : `# check=skip=${rule}\``,
      );
    });

    it("shows files in which the rule finds something, and better ones in which nothing is found", () => {
      if (withoutExample.includes(rule)) {
        expect([...bad, ...good]).toEqual([]);
        return;
      }
      const found = check(bad).filter((diagnostic) => diagnostic.rule === rule);
      expect(found.map((diagnostic) => diagnostic.severity)).toContain(severity);
      expect(good.size).toBeGreaterThan(0);
      expect(check(good)).toEqual([]);
    });
  });
});
