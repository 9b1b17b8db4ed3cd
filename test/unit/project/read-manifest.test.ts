import { describe, expect, it } from "vitest";
import { readManifest } from "../../../src/project/read-manifest.ts";
import { summaries } from "../buildfile/harness.ts";

const example = "7876af07-990d-54b4-ab0e-23690620f79a";
const dates = "ade2ca70-3891-5945-98fb-dc099432e06a";
const printf = "de0858da-6303-5e67-8744-51eddeeeb8d7";
const tree = "46e44e869b4d90b96bd8ed1fdcf32244fddfb6cc";

function read(text: string) {
  return readManifest({ name: "Manifest.toml", text });
}

function packagesOf(text: string) {
  const { value, diagnostics } = read(text);
  expect(summaries(diagnostics)).toEqual([]);
  return [...(value?.packages.values() ?? [])].map(({ table: _table, ...entry }) => entry);
}

const entries = (prefix: string) => `
[[${prefix}Dates]]
deps = ["Printf"]
uuid = "${dates}"

[[${prefix}Example]]
deps = ["Dates"]
git-tree-sha1 = "${tree.toUpperCase()}"
uuid = "${example}"
version = "0.5.3"

[[${prefix}Printf]]
uuid = "${printf}"
`;

describe("a manifest", () => {
  const expected = [
    { name: "Dates", uuid: dates, source: "stdlib", dependencies: new Map([["Printf", printf]]) },
    {
      name: "Example",
      uuid: example,
      source: "registry",
      version: "0.5.3",
      treeHash: tree,
      dependencies: new Map([["Dates", dates]]),
    },
    { name: "Printf", uuid: printf, source: "stdlib", dependencies: new Map() },
  ].map((entry) => ({ ...entry, pinned: false, weakDependencies: new Map(), extensions: new Map() }));

  it.each([
    ["1.0", undefined, entries("")],
    [
      "2.0",
      "1.11.2",
      `julia_version = "1.11.2"\nmanifest_format = "2.0"\nproject_hash = "x"\n${entries("deps.")}`,
    ],
    [
      "2.1",
      "1.13.0",
      `julia_version = "1.13.0"\nmanifest_format = "2.1"\n${entries("deps.")}\n[registries.General]\nuuid = "23338594-aafe-5451-b93e-139f81909106"\n`,
    ],
  ])("of format %s is read", (format, juliaVersion, text) => {
    expect(packagesOf(text)).toEqual(expected);
    expect(read(text).value?.format).toBe(format);
    expect(read(text).value?.juliaVersion).toBe(juliaVersion);
  });

  it("may be empty", () => {
    expect(packagesOf("")).toEqual([]);
    expect(packagesOf('manifest_format = "2.0"\n')).toEqual([]);
  });

  it("of format 1.0 may hold a package called manifest_format", () => {
    expect(packagesOf(`[[manifest_format]]\nuuid = "${example}"\n`).map(({ name }) => name)).toEqual([
      "manifest_format",
    ]);
  });

  it("tells where each package comes from", () => {
    const packages = packagesOf(`manifest_format = "2.0"
[[deps.Git]]
git-tree-sha1 = "${tree}"
pinned = true
repo-rev = "main"
repo-subdir = "lib/Git"
repo-url = "https://git.example.com/Git.jl"
uuid = "${example}"
[[deps.Local]]
path = "../Local"
uuid = "${dates}"
[deps.Local.extensions]
LocalGitExt = "Git"
LocalBothExt = ["Git", "Printf"]
[deps.Local.weakdeps]
Git = "${example}"
Printf = "${printf}"
`);
    expect(packages).toEqual([
      {
        name: "Git",
        uuid: example,
        source: "git",
        treeHash: tree,
        repoUrl: "https://git.example.com/Git.jl",
        repoRev: "main",
        repoSubdir: "lib/Git",
        pinned: true,
        dependencies: new Map(),
        weakDependencies: new Map(),
        extensions: new Map(),
      },
      {
        name: "Local",
        uuid: dates,
        source: "path",
        path: "../Local",
        pinned: false,
        dependencies: new Map(),
        weakDependencies: new Map([
          ["Git", example],
          ["Printf", printf],
        ]),
        extensions: new Map([
          ["LocalGitExt", ["Git"]],
          ["LocalBothExt", ["Git", "Printf"]],
        ]),
      },
    ]);
  });

  it("may hold two packages of one name, whose dependents say which", () => {
    const packages = packagesOf(`manifest_format = "2.0"
[[deps.Printf]]
uuid = "${printf}"
[[deps.Printf]]
uuid = "${example}"
git-tree-sha1 = "${tree}"
[[deps.Dates]]
uuid = "${dates}"
[deps.Dates.deps]
Printf = "${printf}"
`);
    expect(packages.map(({ name, uuid }) => [name, uuid])).toEqual([
      ["Dates", dates],
      ["Printf", example],
      ["Printf", printf],
    ]);
    expect(packages[0]?.dependencies).toEqual(new Map([["Printf", printf]]));
  });
});

describe("a wrong manifest", () => {
  const header = 'manifest_format = "2.0"\n';
  it.each([
    ["a = ", "1:5 error toml-syntax: not valid TOML: invalid value"],
    [
      'manifest_format = "3.0"',
      "1:1 error invalid-manifest: manifest format `3.0` is not known; 1.0, 2.0 and 2.1 are",
    ],
    [
      `${header}[deps.A]\nuuid = "${example}"`,
      "2:2 error invalid-manifest: the entries of `A` must be a list of tables: `[[deps.A]]`",
    ],
    [`${header}[[deps.A]]\nversion = "1"`, "2:3 error invalid-manifest: `uuid` must be a UUID in quotes"],
    [`${header}[[deps.A]]\nuuid = "x"`, "3:1 error invalid-manifest: `uuid` must be a UUID in quotes"],
    [
      `${header}[[deps."../A"]]\nuuid = "${example}"`,
      "2:3 error invalid-manifest: `../A` is not the name of a package",
    ],
    [
      `${header}[[deps.A]]\nuuid = "${example}"\ngit-tree-sha1 = "../x"`,
      "4:1 error invalid-manifest: `git-tree-sha1` must be a tree hash of 40 hexadecimal digits, not `../x`",
    ],
    [
      `${header}[[deps.A]]\nuuid = "${example}"\nversion = 1`,
      "4:1 error invalid-manifest: `version` must be a version number in quotes",
    ],
    [
      "manifest_format = {}",
      "1:1 error invalid-manifest: manifest format `{…}` is not known; 1.0, 2.0 and 2.1 are",
    ],
    [
      `${header}[[deps.A]]\nuuid = "${example}"\ndeps = [{ a = 1 }]`,
      "4:1 error invalid-manifest: `{…}` is named as a dependency but has no entry in the manifest",
    ],
    [
      `${header}[[deps.A]]\nuuid = "${example}"\ndeps = ["B"]`,
      "4:1 error invalid-manifest: `B` is named as a dependency but has no entry in the manifest",
    ],
    [
      `${header}[[deps.A]]\nuuid = "${example}"\n[deps.A.deps]\nB = "${dates}"`,
      "4:2 error invalid-manifest: `A` depends on `B`, which the manifest has no entry for",
    ],
    [
      `${header}[[deps.A]]\nuuid = "${example}"\n[[deps.A]]\nuuid = "${dates}"\n[[deps.B]]\nuuid = "${printf}"\ndeps = ["A"]`,
      "8:1 error invalid-manifest: `A` is named as a dependency but has more than one entry in the manifest",
    ],
    [
      `${header}[[deps.A]]\nuuid = "${example}"\n[[deps.B]]\nuuid = "${example}"`,
      `5:1 error invalid-manifest: two entries have the UUID ${example}`,
    ],
  ])("such as %j is refused, with the place", (text, expected) => {
    const { value, diagnostics } = read(text);
    expect(value).toBeUndefined();
    expect(summaries(diagnostics)).toEqual([`Manifest.toml:${expected}`]);
  });
});
