import { describe, expect, it } from "vitest";
import type { PathDependency } from "../../../src/project/dependency-environment.ts";
import { layOut, type ProjectPlace } from "../../../src/project/layout.ts";

function place(folder: string, manifestFolder = folder): ProjectPlace {
  return { folder, manifestFolder, files: [`${folder}/Project.toml`, `${manifestFolder}/Manifest.toml`] };
}

function dependency(path: string): PathDependency {
  return { name: "Local", uuid: "", source: "path", isStdlib: false, path };
}

describe("a project in the image", () => {
  it("stands at its path if it stands alone", () => {
    expect(layOut({ folder: ".", manifestFolder: ".", files: ["Project.toml"] }, [], "/app")).toEqual({
      project: "/app",
      folders: [{ from: ".", to: "/app" }],
      files: [{ from: "Project.toml", to: "/app/Project.toml" }],
    });
    expect(layOut(place("services/api"), [], "/app").folders).toEqual([{ from: "services/api", to: "/app" }]);
  });

  it("takes along path dependencies inside it without a copy of their own", () => {
    const layout = layOut(place("api"), [dependency("lib/Local")], "/app");
    expect(layout.folders).toEqual([{ from: "api", to: "/app" }]);
  });

  it("keeps the places of path dependencies beside it", () => {
    const layout = layOut(place("services/api"), [dependency("../../libs/Local")], "/app");
    expect(layout.project).toBe("/app/services/api");
    expect(layout.folders).toEqual([
      { from: "libs/Local", to: "/app/libs/Local" },
      { from: "services/api", to: "/app/services/api" },
    ]);
  });

  it("leaves out what is common to all of them", () => {
    const layout = layOut(place("mono/services/api"), [dependency("../../libs/Local")], "/srv/x");
    expect(layout.project).toBe("/srv/x/services/api");
    expect(layout.folders.map(({ to }) => to)).toEqual(["/srv/x/libs/Local", "/srv/x/services/api"]);
  });

  it("counts paths from the manifest of the workspace", () => {
    const layout = layOut(place("packages/Web", "."), [dependency("packages/Core")], "/app");
    expect(layout).toEqual({
      project: "/app/packages/Web",
      folders: [
        { from: "packages/Core", to: "/app/packages/Core" },
        { from: "packages/Web", to: "/app/packages/Web" },
      ],
      files: [
        { from: "packages/Web/Project.toml", to: "/app/packages/Web/Project.toml" },
        { from: "./Manifest.toml", to: "/app/Manifest.toml" },
      ],
    });
  });
});
