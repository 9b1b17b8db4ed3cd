import { describe, expect, it } from "vitest";
import type { PathDependency } from "../../../src/project/dependency-environment.ts";
import { layOut, type ProjectPlace } from "../../../src/project/layout.ts";

function place(folder: string, manifestFolder = folder): ProjectPlace {
  return {
    folder,
    manifestFolder,
    files: [`${folder}/Project.toml`, `${manifestFolder}/Manifest.toml`],
    linked: [],
    linkedFolders: new Map(),
  };
}

function dependency(path: string): PathDependency {
  return { name: "Local", uuid: "", source: "path", path };
}

describe("a project in the image", () => {
  it("stands at its path if it stands alone", () => {
    expect(
      layOut(
        { folder: ".", manifestFolder: ".", files: ["Project.toml"], linked: [], linkedFolders: new Map() },
        [],
        "/app",
      ),
    ).toEqual({
      project: "/app",
      manifestFolder: "/app",
      folders: [{ from: ".", to: "/app" }],
      files: [{ from: "Project.toml", to: "/app/Project.toml" }],
      replaced: [],
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
      manifestFolder: "/app",
      folders: [
        { from: "packages/Core", to: "/app/packages/Core" },
        { from: "packages/Web", to: "/app/packages/Web" },
      ],
      files: [
        { from: "packages/Web/Project.toml", to: "/app/packages/Web/Project.toml" },
        { from: "./Manifest.toml", to: "/app/Manifest.toml" },
      ],
      replaced: [],
    });
  });

  const uuid = "0c3f6b1e-5d43-4e0a-8f6b-0a4c3f1f2d10";
  const replaced = new Map([[uuid, "local"]]);

  it("takes a path dependency from the context that was given for it", () => {
    const layout = layOut(place("api"), [{ ...dependency("../libs/Local"), uuid }], "/app", replaced);
    expect(layout.folders).toEqual([
      { from: "api", to: "/app/api" },
      { from: ".", to: "/app/libs/Local", context: "local" },
    ]);
    expect(layout.replaced).toEqual([]);
  });

  it("takes one inside the project from there too, after the project, and not from the build context", () => {
    const layout = layOut(place("."), [{ ...dependency("libs/Local"), uuid }], "/app", replaced);
    expect(layout.folders).toEqual([
      { from: ".", to: "/app" },
      { from: ".", to: "/app/libs/Local", context: "local" },
    ]);
    expect(layout.replaced).toEqual(["libs/Local"]);
  });

  it("puts one outside the build context beside the project", () => {
    const layout = layOut(
      { folder: ".", manifestFolder: ".", files: ["Manifest.toml"], linked: [], linkedFolders: new Map() },
      [{ ...dependency("../Local"), uuid }],
      "/app",
      replaced,
    );
    expect(layout).toEqual({
      project: "/app/project",
      manifestFolder: "/app/project",
      folders: [
        { from: ".", to: "/app/Local", context: "local" },
        { from: ".", to: "/app/project" },
      ],
      files: [{ from: "Manifest.toml", to: "/app/project/Manifest.toml" }],
      replaced: [],
    });
  });

  it("keeps relative paths true however far they lead out", () => {
    const layout = layOut(place("api"), [{ ...dependency("../../../x/Local"), uuid }], "/app", replaced);
    expect(layout.project).toBe("/app/project/project/api");
    expect(layout.folders[1]).toEqual({ from: ".", to: "/app/x/Local", context: "local" });
  });

  it("gives the build context a name that no folder beside it has", () => {
    const layout = layOut(place("."), [{ ...dependency("../project/Local"), uuid }], "/app", replaced);
    expect(layout.project).toBe("/app/project-");
    expect(layout.folders[1]).toEqual({ from: ".", to: "/app/project/Local", context: "local" });
  });

  it("takes along files that its own link to, so that the links hold", () => {
    const linked = { ...place("app"), linked: ["env/Manifest.toml"] };
    const layout = layOut(linked, [], "/app");
    expect(layout.project).toBe("/app/app");
    expect(layout.files).toContainEqual({ from: "env/Manifest.toml", to: "/app/env/Manifest.toml" });
  });

  it("puts a folder that is linked to where the link is, unless the link is copied", () => {
    const linkedFolders = new Map([["lib/Local", "shared/Local"]]);
    expect(
      layOut({ ...place("app", "."), linkedFolders }, [dependency("lib/Local")], "/app").folders,
    ).toEqual([
      { from: "app", to: "/app/app" },
      { from: "shared/Local", to: "/app/lib/Local" },
    ]);
    expect(layOut({ ...place("."), linkedFolders }, [dependency("lib/Local")], "/app").folders).toEqual([
      { from: ".", to: "/app" },
    ]);
    const inside = { ...place("lib"), linkedFolders };
    expect(layOut(inside, [dependency("Local")], "/app").folders).toEqual([
      { from: "lib", to: "/app/lib" },
      { from: "shared/Local", to: "/app/shared/Local" },
    ]);
  });
});
