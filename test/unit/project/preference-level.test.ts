import { describe, expect, it } from "vitest";
import { mergedPreferences } from "../../../src/project/preference-level.ts";
import type { PreferenceLevel } from "../../../src/project/project.ts";
import { readPreferences } from "../../../src/project/read-preferences.ts";
import { readProjectFile } from "../../../src/project/read-project-file.ts";

const a = "10000000-0000-0000-0000-000000000000";
const b = "20000000-0000-0000-0000-000000000000";

function level(project: string, local = ""): PreferenceLevel {
  const projectFile = readProjectFile({ name: "Project.toml", text: project }).value;
  const localPreferences = readPreferences({ name: "LocalPreferences.toml", text: local }).value;
  if (projectFile === undefined || localPreferences === undefined) {
    throw new Error("not valid");
  }
  return { projectFile, localPreferences };
}

describe("preferences in a workspace", () => {
  const root = level(
    `[deps]\nA = "${a}"\n[preferences.A]\nx = 1\ny = 1\n[preferences.B]\nx = 1\n`,
    "[A]\ny = 2\nz = 2\n",
  );

  it("are those of each project for what it lists, an inner one on top", () => {
    const member = level(
      `[extras]\nA = "${a}"\n[weakdeps]\nB = "${b}"\n[preferences.A]\nz = 3\n`,
      "[B]\nx = 4\n",
    );
    expect(mergedPreferences([root, member])).toEqual(
      new Map([
        [a, { x: 1n, y: 2n, z: 3n }],
        [b, { x: 4n }],
      ]),
    );
  });

  it("can be cleared by an inner project", () => {
    const member = level(`[deps]\nA = "${a}"\n`, '[A]\n__clear__ = ["x", "y"]\n');
    expect(mergedPreferences([root, member]).get(a)).toEqual({ z: 2n, __clear__: ["x", "y"] });
  });

  it("do not count where the package is not listed", () => {
    expect(mergedPreferences([root, level("", "[A]\nx = 9\n")]).get(a)).toEqual({ x: 1n, y: 2n, z: 2n });
  });
});
