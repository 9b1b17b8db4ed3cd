import { expect, it } from "vitest";
import { notesOf } from "../../../release/notes.ts";

const changelog = `# Changelog

## Unreleased

## 1.2.0 (2027-01-31)

- New.

### Removed

- Old.

## 1.1.0

- First.
`;

it("are what stands below the heading of the version", () => {
  expect(notesOf(changelog, "1.2.0")).toBe("- New.\n\n### Removed\n\n- Old.\n");
  expect(notesOf(changelog, "1.1.0")).toBe("- First.\n");
});

it("are missed", () => {
  expect(() => notesOf(changelog, "1.2")).toThrow("CHANGELOG.md says nothing below `## 1.2`");
  expect(() => notesOf(changelog, "Unreleased")).toThrow("says nothing");
});
