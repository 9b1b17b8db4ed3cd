import { describe, expect, it } from "vitest";
import { parseJuliaVersion } from "../../../src/julia/julia-version.ts";
import {
  chooseManifestFile,
  choosePreferencesFile,
  chooseProjectFile,
} from "../../../src/project/file-names.ts";

function manifest(folder: readonly string[], julia: string): string | undefined {
  return chooseManifestFile(folder, parseJuliaVersion(julia) ?? { major: 0 });
}

describe("file names", () => {
  it("prefers the names that begin with Julia", () => {
    expect(chooseProjectFile(["Project.toml", "JuliaProject.toml"])).toBe("JuliaProject.toml");
    expect(chooseProjectFile(["src", "Project.toml"])).toBe("Project.toml");
    expect(chooseProjectFile(["project.toml"])).toBeUndefined();
    expect(choosePreferencesFile(["LocalPreferences.toml", "JuliaLocalPreferences.toml"])).toBe(
      "JuliaLocalPreferences.toml",
    );
  });

  const all = [
    "Manifest.toml",
    "JuliaManifest.toml",
    "Manifest-v1.11.toml",
    "JuliaManifest-v1.11.toml",
    "Manifest-v1.10.toml",
  ];
  it.each([
    [all, "1.11.4", "JuliaManifest-v1.11.toml"],
    [all, "1.11", "JuliaManifest-v1.11.toml"],
    [all.slice(0, 3), "1.11.4", "Manifest-v1.11.toml"],
    [all, "1.12.0", "JuliaManifest.toml"],
    [all, "1.10.7", "JuliaManifest.toml"],
    [all, "1.10.8", "Manifest-v1.10.toml"],
    [all, "1.10", "Manifest-v1.10.toml"],
    [["Manifest-v1.5.toml", "Manifest.toml"], "1.5.3", "Manifest.toml"],
    [["Manifest-v1.12.toml"], "1.11.0", undefined],
  ])("among %j Julia %s takes %s", (folder, julia, expected) => {
    expect(manifest(folder, julia)).toBe(expected);
  });
});
