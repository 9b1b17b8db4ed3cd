import { describe, expect, it } from "vitest";
import { findProjectFiles, foldersUpwards } from "../../../src/project/find-files.ts";

function texts(files: Readonly<Record<string, string>>) {
  return new Map(Object.entries(files).map(([name, text]) => [name, { name, text }]));
}

const julia = (text: string) => {
  const [major = 1, minor = 0, patch = 0] = text.split(".").map(Number);
  return { major, minor, patch };
};

describe("the files of a project", () => {
  it("are looked for from its folder up to the context", () => {
    expect(foldersUpwards("a/b")).toEqual(["a/b", "a", "."]);
    expect(foldersUpwards(".")).toEqual(["."]);
  });

  it("are absent without a project file", () => {
    expect(findProjectFiles(".", texts({ "Manifest.toml": "" }))).toBeUndefined();
    expect(findProjectFiles("a", texts({ "Project.toml": "" }))).toBeUndefined();
  });

  it("prefer the names that begin with Julia", () => {
    const found = findProjectFiles(
      ".",
      texts({ "Project.toml": "", "JuliaProject.toml": "", "Manifest.toml": "", "JuliaManifest.toml": "" }),
    );
    expect([found?.projectFile.name, found?.manifest?.name]).toEqual([
      "JuliaProject.toml",
      "JuliaManifest.toml",
    ]);
  });

  it.each([
    ["1.10.0", "Manifest.toml"],
    ["1.11.2", "Manifest-v1.11.toml"],
    ["1.12.0", "Manifest.toml"],
  ])("include the manifest of Julia %s if it reads such names", (version, expected) => {
    const files = texts({ "Project.toml": "", "Manifest.toml": "", "Manifest-v1.11.toml": "" });
    expect(findProjectFiles(".", files, julia(version))?.manifest?.name).toBe(expected);
  });

  it("include the manifest that the project names itself", () => {
    const files = texts({ "Project.toml": 'manifest = "env/Manifest.toml"', "env/Manifest.toml": "" });
    expect(findProjectFiles(".", files)?.manifest?.name).toBe("env/Manifest.toml");
  });

  describe("of a workspace's member", () => {
    const files = texts({
      "Project.toml": '[workspace]\nprojects = ["packages", "docs"]',
      "Manifest.toml": "",
      "LocalPreferences.toml": "",
      "packages/Project.toml": '[workspace]\nprojects = ["Web"]',
      "packages/Web/Project.toml": "",
      "packages/Other/Project.toml": "",
    });

    it("include the outermost project's manifest since Julia 1.12", () => {
      const found = findProjectFiles("packages/Web", files, julia("1.12.0"));
      expect(found?.manifest?.name).toBe("Manifest.toml");
      expect(found?.workspace?.projectFile.name).toBe("Project.toml");
      expect(found?.workspace?.localPreferences?.name).toBe("LocalPreferences.toml");
    });

    it("do not before, nor for a folder that is no member", () => {
      expect(findProjectFiles("packages/Web", files, julia("1.11.9"))?.manifest).toBeUndefined();
      expect(findProjectFiles("packages/Other", files, julia("1.12.0"))?.manifest).toBeUndefined();
    });
  });
});
