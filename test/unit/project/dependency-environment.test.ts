import { describe, expect, it } from "vitest";
import type { JuliaVersion } from "../../../src/julia/julia-version.ts";
import {
  type DependencyEnvironment,
  dependencyEnvironment,
} from "../../../src/project/dependency-environment.ts";
import { readProject } from "../../../src/project/read-project.ts";
import { summaries } from "../buildfile/harness.ts";

const uuids = {
  After: "10000000-0000-0000-0000-000000000000",
  Dates: "ade2ca70-3891-5945-98fb-dc099432e06a",
  Example: "7876af07-990d-54b4-ab0e-23690620f79a",
  Git: "20000000-0000-0000-0000-000000000000",
  Local: "30000000-0000-0000-0000-000000000000",
  Printf: "de0858da-6303-5e67-8744-51eddeeeb8d7",
} as const;
const tree = "46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc";

interface Texts {
  readonly project: string;
  readonly manifest: string;
  readonly preferences?: string;
}

function environmentOf({ project, manifest, preferences }: Texts): DependencyEnvironment {
  const { value, diagnostics } = readProject({
    projectFile: { name: "app/Project.toml", text: project },
    manifest: { name: "app/Manifest.toml", text: manifest },
    ...(preferences === undefined
      ? {}
      : { localPreferences: { name: "app/LocalPreferences.toml", text: preferences } }),
  });
  // The projects below differ where the hash in their manifest does not follow.
  const others = diagnostics.filter(({ rule }) => rule !== "manifest-out-of-date");
  expect(summaries(others)).toEqual([]);
  if (value === undefined) {
    throw new Error("no project, though nothing is wrong");
  }
  return dependencyEnvironment(value);
}

const project = `name = "App"
uuid = "40000000-0000-0000-0000-000000000000"
version = "0.1.0"
[deps]
After = "${uuids.After}"
Dates = "${uuids.Dates}"
Example = "${uuids.Example}"
Local = "${uuids.Local}"
[compat]
julia = "1.11"
`;

const manifest = `julia_version = "1.11.2"
manifest_format = "2.0"
project_hash = "da39a3ee5e6b4b0d3255bfef95601890afd80709"

[[deps.After]]
deps = ["Local"]
git-tree-sha1 = "${tree}"
uuid = "${uuids.After}"
version = "1.0.0"

[[deps.Dates]]
deps = ["Printf"]
uuid = "${uuids.Dates}"

[[deps.Example]]
deps = ["Git", "Dates"]
git-tree-sha1 = "${tree}"
some-future-key = { a = 1, b = 1.0 }
uuid = "${uuids.Example}"
version = "0.5.3"
weakdeps = ["After"]

    [deps.Example.extensions]
    ExampleAfterExt = "After"

[[deps.Git]]
git-tree-sha1 = "${tree}"
repo-rev = "main"
repo-url = "https://git.example.com/Git.jl"
uuid = "${uuids.Git}"
version = "2.0.0"

[[deps.Local]]
path = "../Local"
uuid = "${uuids.Local}"
version = "0.1.0"

[[deps.Printf]]
uuid = "${uuids.Printf}"
`;

describe("the dependency environment", () => {
  const environment = environmentOf({ project, manifest });

  it("has every package that no path dependency is needed for as a direct dependency", () => {
    expect(environment.projectToml).toBe(`[deps]
Dates = "${uuids.Dates}"
Example = "${uuids.Example}"
Git = "${uuids.Git}"
Printf = "${uuids.Printf}"
`);
  });

  it("keeps their entries with every key, and the header without the project's hash", () => {
    expect(environment.manifestToml).toBe(`julia_version = "1.11.2"
manifest_format = "2.0"

[[deps.Dates]]
deps = [ "Printf" ]
uuid = "${uuids.Dates}"

[[deps.Example]]
deps = [ "Dates", "Git" ]
git-tree-sha1 = "${tree}"
uuid = "${uuids.Example}"
version = "0.5.3"

[deps.Example.extensions]
ExampleAfterExt = "After"

[deps.Example.some-future-key]
a = 1
b = 1.0

[deps.Example.weakdeps]
After = "${uuids.After}"

[[deps.Git]]
git-tree-sha1 = "${tree}"
repo-rev = "main"
repo-url = "https://git.example.com/Git.jl"
uuid = "${uuids.Git}"
version = "2.0.0"

[[deps.Printf]]
uuid = "${uuids.Printf}"
`);
    expect(environment.localPreferencesToml).toBeUndefined();
  });

  it("is a manifest that can be read, with the same packages", () => {
    const again = environmentOf({ project: environment.projectToml, manifest: environment.manifestToml });
    expect(again.packages).toEqual(environment.packages);
    expect(again.manifestToml).toBe(environment.manifestToml);
    expect(again.projectToml).toBe(environment.projectToml);
  });

  it("lists the packages by where they come from", () => {
    expect(environment.packages.map(({ name, source }) => [name, source])).toEqual([
      ["Dates", "stdlib"],
      ["Example", "registry"],
      ["Git", "git"],
      ["Printf", "stdlib"],
    ]);
    expect(environment.afterPath.map(({ name }) => name)).toEqual(["After"]);
    expect(environment.pathDependencies.map(({ name, path }) => [name, path])).toEqual([
      ["Local", "../Local"],
    ]);
    expect(environment.directDependencies.map(({ name }) => name)).toEqual([
      "After",
      "Dates",
      "Example",
      "Local",
    ]);
  });

  it("takes the direct dependency where two packages share a name", () => {
    const other = `\n[[deps.Printf]]\ngit-tree-sha1 = "${tree}"\nuuid = "00000000-0000-0000-0000-000000000001"\n`;
    const withTable = manifest.replace('deps = ["Printf"]\n', "").concat(other);
    expect(environmentOf({ project, manifest: withTable }).projectToml).toContain('Printf = "00000000-');
    const direct = project.replace("[deps]\n", `[deps]\nPrintf = "${uuids.Printf}"\n`);
    expect(environmentOf({ project: direct, manifest: withTable }).projectToml).toContain(
      `Printf = "${uuids.Printf}"`,
    );
  });

  it("writes a manifest of format 1.0 as such", () => {
    const old = `[[Dates]]\nuuid = "${uuids.Dates}"\n`;
    expect(environmentOf({ project: `[deps]\nDates = "${uuids.Dates}"\n`, manifest: old }).manifestToml).toBe(
      old,
    );
  });

  it("keeps the registries of format 2.1", () => {
    const registries = `\n[registries.General]\nurl = "https://registry.example.com/General.git"\nuuid = "23338594-aafe-5451-b93e-139f81909106"\n`;
    const newer = manifest.replace('"2.0"', '"2.1"').concat(registries);
    expect(environmentOf({ project, manifest: newer }).manifestToml).toContain(`manifest_format = "2.1"`);
    expect(environmentOf({ project, manifest: newer }).manifestToml).toContain(registries);
  });
});

describe("the texts of the dependency environment", () => {
  const { projectToml, manifestToml } = environmentOf({ project, manifest });
  const texts = (changed: Texts) => {
    const made = environmentOf(changed);
    return [made.projectToml, made.manifestToml, made.localPreferencesToml];
  };

  it.each([
    ["version", project.replace("0.1.0", "0.2.0"), manifest],
    ["authors", `authors = ["A"]\n${project}`, manifest],
    ["compat bounds", project.replace('"1.11"', '"1.10, 1.11"'), manifest],
    ["comments", `# hello\n${project}`, `# hello\n${manifest}`],
    [
      "order of the entries",
      project,
      manifest
        .replace(/(\[\[deps\.Git\]\][^[]*)/, "")
        .concat(/(\[\[deps\.Git\]\][^[]*)/.exec(manifest)?.[0] ?? ""),
    ],
    ["order of dependencies", project, manifest.replace('["Git", "Dates"]', '["Dates", "Git"]')],
    ["hash of the project", project, manifest.replace("da39a3ee", "00000000")],
    ["path dependency's version", project, manifest.replace('path = "../Local"', 'path = "../Other"')],
    ["line ends", project.replaceAll("\n", "\r\n"), manifest.replaceAll("\n", "\r\n")],
  ])("do not depend on the project's %s", (_what, changedProject, changedManifest) => {
    expect([changedProject, changedManifest]).not.toEqual([project, manifest]);
    expect(texts({ project: changedProject, manifest: changedManifest })).toEqual([
      projectToml,
      manifestToml,
      undefined,
    ]);
  });

  it.each([
    ["version", manifest.replace("0.5.3", "0.5.4")],
    ["tree hash", manifest.replace(tree, "0".repeat(40)).replace(tree, "1".repeat(40))],
    ["Julia", manifest.replace("1.11.2", "1.11.3")],
    ["weak dependencies", manifest.replace('weakdeps = ["After"]\n', "")],
  ])("change with a dependency's %s", (_what, changedManifest) => {
    expect(environmentOf({ project, manifest: changedManifest }).manifestToml).not.toBe(manifestToml);
  });
});

describe("preferences", () => {
  const preferences = `# mine
[Example]
float = 1.0
integer = 1
large = 9007199254740993
boolean = true
date = 2020-01-02
time = 2020-01-02T03:04:05Z
text = "1"
infinite = inf
list = [1, 2]
__clear__ = ["old"]
[Git]
ignored = "by Julia too, for the project does not list Git"
[Local]
ignored = "here, for it is compiled with the app"
[Unknown]
ignored = 1
`;

  it("of listed packages keep their values and types", () => {
    const { localPreferencesToml, projectToml } = environmentOf({ project, manifest, preferences });
    expect(localPreferencesToml).toBe(`[Example]
__clear__ = [ "old" ]
boolean = true
date = 2020-01-02
float = 1.0
infinite = inf
integer = 1
large = 9007199254740993
list = [ 1, 2 ]
text = "1"
time = 2020-01-02T03:04:05.000Z
`);
    expect(projectToml).not.toContain("preferences");
  });

  it.each(["extras", "weakdeps"])("count for packages listed under %s too", (section) => {
    const listing = `${project}[${section}]\nGit = "${uuids.Git}"\n`;
    expect(environmentOf({ project: listing, manifest, preferences }).localPreferencesToml).toContain(
      "[Git]",
    );
  });

  it("in Project.toml stay there", () => {
    const own = `${project}[preferences.Example]\na = 1.0\n[preferences.Local]\nb = 1\n`;
    const { projectToml, localPreferencesToml } = environmentOf({ project: own, manifest });
    expect(projectToml).toContain("[preferences.Example]\na = 1.0\n");
    expect(projectToml).not.toContain("Local");
    expect(localPreferencesToml).toBeUndefined();
  });
});

describe("a manifest with the project itself", () => {
  const own = "40000000-0000-0000-0000-000000000000";
  const itself = `
[[deps.App]]
deps = ["After", "Dates", "Example", "Local"]
path = "."
uuid = "${own}"
version = "0.1.0"
`;

  it.each([
    ["of the project's folder", "."],
    ["of a member's folder", "app"],
  ])("gives the same environment, whatever the path: that %s", (_what, path) => {
    const withItself = manifest.concat(itself.replace('"."', JSON.stringify(path)));
    expect(environmentOf({ project, manifest: withItself })).toEqual(environmentOf({ project, manifest }));
  });

  it("leaves another package of its name alone", () => {
    const other = itself.replace(own, "50000000-0000-0000-0000-000000000000");
    const { pathDependencies } = environmentOf({ project, manifest: manifest.concat(other) });
    expect(pathDependencies.map(({ name }) => name)).toEqual(["App", "Local"]);
  });
});

describe("the part of a workspace's manifest", () => {
  const member = `[deps]
Example = "${uuids.Example}"
[workspace]
projects = ["test"]
`;

  it("is what the project reaches", () => {
    const environment = environmentOf({ project: member, manifest });
    expect(environment.packages.map(({ name }) => name)).toEqual(["Dates", "Example", "Git", "Printf"]);
    expect(environment.pathDependencies).toEqual([]);
    expect(environment.afterPath).toEqual([]);
  });

  it("is the whole where there is no workspace", () => {
    const alone = member.slice(0, member.indexOf("[workspace]"));
    expect(environmentOf({ project: alone, manifest }).pathDependencies.map(({ name }) => name)).toEqual([
      "Local",
    ]);
  });
});

describe("packages in [deps] and in [weakdeps]", () => {
  const both = `[deps]
Dates = "${uuids.Dates}"
Example = "${uuids.Example}"
[weakdeps]
Example = "${uuids.Example}"
`;
  const direct = (julia: JuliaVersion) => {
    const { value } = readProject(
      {
        projectFile: { name: "app/Project.toml", text: both },
        manifest: { name: "app/Manifest.toml", text: manifest },
      },
      julia,
    );
    return value && dependencyEnvironment(value).directDependencies.map(({ name }) => name);
  };

  it("are direct dependencies before Julia 1.9, which knows no weak ones", () => {
    expect(direct({ major: 1, minor: 8 })).toEqual(["Dates", "Example"]);
    expect(direct({ major: 1, minor: 9 })).toEqual(["Dates"]);
  });
});
