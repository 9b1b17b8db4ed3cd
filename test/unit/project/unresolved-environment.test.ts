import { describe, expect, it } from "vitest";
import { dependenciesOf } from "../../../src/plan/dependencies.ts";
import { findProjectFiles } from "../../../src/project/find-files.ts";
import { looksAt, textsOf } from "../../../src/project/looks.ts";
import { readLoadedProject } from "../../../src/project/read-loaded-project.ts";
import { nothingGiven } from "../../../src/project/read-project.ts";

const part = "10000000-0000-0000-0000-000000000000";
const deep = "20000000-0000-0000-0000-000000000000";
const remote = "30000000-0000-0000-0000-000000000000";

function dependenciesIn(folder: string, texts: Readonly<Record<string, string>>) {
  const julia = { major: 1, minor: 12 };
  const looks = looksAt(Object.entries(texts).map(([name, text]) => ({ name, text })));
  const files = findProjectFiles(folder, textsOf(looks), julia);
  const { value } = (files && readLoadedProject(files, { julia, given: nothingGiven, looks })) ?? {};
  if (value === undefined) {
    throw new Error("no project");
  }
  return dependenciesOf(value);
}

describe("the environment of a project without a manifest", () => {
  const project = `name = "App"
uuid = "40000000-0000-0000-0000-000000000000"
authors = ["A"]
[deps]
Part = "${part}"
Remote = "${remote}"
[extras]
Test = "8dfed614-e22c-5e08-85e1-65c5234f0b40"
Only = "50000000-0000-0000-0000-000000000000"
[targets]
test = ["Test"]
[compat]
Test = "1"
Remote = "1.2"
[sources]
Part = {path = "../Part"}
Only = {path = "../Only"}
Remote = {url = "https://git.example.com/Remote.jl", rev = "main"}
`;
  const dependencies = dependenciesIn("app", {
    "app/Project.toml": project,
    "Part/Project.toml": `name = "Part"\nuuid = "${part}"\nversion = "0.1.0"\nauthors = ["A"]\n[deps]\nDeep = "${deep}"\n[sources]\nDeep = {path = "../libs/Deep"}\n[extensions]\nExt = "Remote"\n`,
    "libs/Deep/Project.toml": `name = "Deep"\nuuid = "${deep}"\n`,
  });

  it("keeps what Pkg reads, with folders of its own", () => {
    expect(dependencies.files.get("Project.toml")).toBe(`[compat]
Remote = "1.2"
Test = "1"

[deps]
Part = "${part}"
Remote = "${remote}"

[extras]
Only = "50000000-0000-0000-0000-000000000000"
Test = "8dfed614-e22c-5e08-85e1-65c5234f0b40"

[sources.Part]
path = "sources/Part"

[sources.Remote]
rev = "main"
url = "https://git.example.com/Remote.jl"

[targets]
test = [ "Test" ]
`);
  });

  it("has of each folder the project and a stub", () => {
    expect([...dependencies.files.keys()]).toEqual([
      "Project.toml",
      "sources/Part/Project.toml",
      "sources/Part/src/Part.jl",
      "sources/Deep/Project.toml",
      "sources/Deep/src/Deep.jl",
    ]);
    expect(dependencies.files.get("sources/Part/Project.toml")).toBe(`name = "Part"
uuid = "${part}"
version = "0.1.0"

[deps]
Deep = "${deep}"

[extensions]
Ext = "Remote"

[sources.Deep]
path = "../Deep"
`);
    expect(dependencies.files.get("sources/Part/src/Part.jl")).toBe("module Part\nend\n");
  });

  it("says which paths the manifest of the image has", () => {
    expect(dependencies.manifestPaths).toEqual([
      { made: "sources/Part", real: "../Part" },
      { made: "sources/Deep", real: "../libs/Deep" },
    ]);
    expect(dependencies.manifestHash).toMatch(/^[0-9a-f]{40}$/);
  });

  it("leaves what is in folders to the app, each after what it needs", () => {
    expect(dependencies.load.map(({ name }) => name)).toEqual(["Remote"]);
    expect(dependencies.compileWithApp.map(({ name }) => name)).toEqual(["Deep", "Part"]);
    expect(dependencies.pathDependencies.map(({ name, path }) => [name, path])).toEqual([
      ["Part", "../Part"],
      ["Deep", "../libs/Deep"],
    ]);
  });
});

describe("the environment of a workspace's member", () => {
  const files = {
    "Project.toml": `[deps]\nRemote = "${remote}"\n[workspace]\nprojects = ["svc", "lib"]\n[compat]\nRemote = "1.3, 2"\n`,
    "svc/Project.toml": `[deps]\nRemote = "${remote}"\nPart = "${part}"\n[compat]\nRemote = "1.2"\njulia = "1.12"\n`,
    "lib/Project.toml": `name = "Part"\nuuid = "${part}"\n[compat]\nRemote = "< 1.8"\n`,
  };

  it("has the bounds of all, and the other projects as folders", () => {
    const { files: made, manifestPaths, manifestHash } = dependenciesIn("svc", files);
    expect(made.get("Project.toml")).toContain('[compat]\nRemote = "1.3.0 - 1.7"\njulia = "1.12"\n');
    expect(made.get("Project.toml")).toContain('[sources.Part]\npath = "sources/Part"\n');
    expect(manifestPaths).toEqual([{ made: "sources/Part", real: "lib" }]);
    expect(manifestHash).toBe("none");
  });
});
