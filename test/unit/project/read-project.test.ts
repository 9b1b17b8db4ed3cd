import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJuliaVersion } from "../../../src/julia/julia-version.ts";
import { dependencyEnvironment } from "../../../src/project/dependency-environment.ts";
import { nothingGiven, readProject } from "../../../src/project/read-project.ts";
import { readProjectFile } from "../../../src/project/read-project-file.ts";
import { expectSpansInside, summaries } from "../buildfile/harness.ts";

const example = "7876af07-990d-54b4-ab0e-23690620f79a";
const dates = "ade2ca70-3891-5945-98fb-dc099432e06a";

function read(project: string, manifest: string, julia?: string, preferences?: string) {
  const texts = {
    projectFile: { name: "Project.toml", text: project },
    manifest: { name: "Manifest.toml", text: manifest },
    ...(preferences === undefined
      ? {}
      : { localPreferences: { name: "LocalPreferences.toml", text: preferences } }),
  };
  return readProject(texts, julia === undefined ? undefined : parseJuliaVersion(julia));
}

const format = 'manifest_format = "2.0"\n';
const entry = `[[deps.Example]]\nuuid = "${example}"\n`;
const registered = `${entry}git-tree-sha1 = "${"0".repeat(40)}"\n`;

describe("a project", () => {
  it("sets preferences of a package by a table", () => {
    const project = `[deps]\nExample = "${example}"\n\n[preferences]\nExample = 5\n`;
    const { diagnostics } = read(project, format + registered, "1.12", "Example = true\n");
    expect(summaries(diagnostics)).toEqual([
      "Project.toml:5:1 error invalid-project: `Example` must be a table",
      "LocalPreferences.toml:1:1 error invalid-project: `Example` must be a table",
    ]);
  });

  it("is read from its Project.toml", () => {
    const text = `name = "App"
uuid = "${example.toUpperCase()}"
version = "1.2.3"
manifest = "../Manifest.toml"
[deps]
Dates = "${dates}"
[compat]
julia = "1.10"
[workspace]
projects = ["test", "docs"]
`;
    const { value, diagnostics } = readProjectFile({ name: "Project.toml", text });
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject({
      name: "App",
      uuid: example,
      version: "1.2.3",
      declaredManifest: "../Manifest.toml",
      dependencies: new Map([["Dates", dates]]),
      compatibility: new Map([["julia", "1.10"]]),
      workspace: ["test", "docs"],
    });
  });

  it("need not have a name or dependencies", () => {
    expect(read("", "").value?.projectFile.name).toBeUndefined();
    expect(read("", "").diagnostics).toEqual([]);
  });
});

describe("diagnostics of a project", () => {
  const cases: readonly (readonly [Readonly<Parameters<typeof read>>, readonly string[]])[] = [
    [
      ["[deps", "a = ", undefined, "= 1"],
      [
        "Project.toml:1:2 error toml-syntax: not valid TOML: incomplete key-value: cannot find end of key",
        "Manifest.toml:1:5 error toml-syntax: not valid TOML: invalid value",
        "LocalPreferences.toml:1:1 error toml-syntax: not valid TOML: unexpected end of key",
      ],
    ],
    [["deps = []", ""], ["Project.toml:1:1 error invalid-project: `deps` must be a table"]],
    [
      ["[deps]\nExample = 'x'", ""],
      ["Project.toml:2:1 error invalid-project: `Example` must be a UUID in quotes"],
    ],
    [
      ["name = '../x'", ""],
      ["Project.toml:1:1 error invalid-project: `name` must be the name of a package, not `../x`"],
    ],
    [
      ["[workspace]\nprojects = 'a'", ""],
      ["Project.toml:2:1 error invalid-project: `projects` must be a list of folders"],
    ],
    [
      [`[deps]\nDates = "${dates}"\nExample = "${example}"`, format + entry],
      ["Project.toml:2:1 error dependency-not-in-manifest: `Dates` is not in Manifest.toml"],
    ],
    [
      [`[deps]\nExample = "${dates}"`, format + entry],
      [
        `Project.toml:2:1 error dependency-not-in-manifest: \`Example\` is in Manifest.toml under another UUID than ${dates}`,
      ],
    ],
    [
      ["", `julia_version = "1.10.4"\n${format}`, "1.11"],
      [
        "Manifest.toml:1:1 warning manifest-of-other-julia: the manifest was made by Julia 1.10, but the image has Julia 1.11",
      ],
    ],
    [["", `julia_version = "1.11.4"\n${format}`, "1.11.2"], []],
    [["", `julia_version = "1.11.4"\n${format}`, "1"], []],
    [["", `julia_version = "1.13.0-DEV"\n${format}`, "1.13"], []],
    [
      ["", format + entry, "1.5.3"],
      [
        "Manifest.toml:1:1 error manifest-format-too-new: Julia before 1.6.2 cannot read a manifest of format 2.0",
      ],
    ],
    [["", format + entry, "1.6"], []],
    [
      ['[compat]\njulia = "1.9"', format, "1.8.5"],
      [
        "Project.toml:2:1 warning julia-not-in-compat: the project asks for Julia `1.9`, but the image has Julia 1.8.5",
      ],
    ],
    [['[compat]\njulia = "1.9"', format, "1.11"], []],
    [['[compat]\njulia = "1.11.4"', format, "1.11"], []],
    [['[compat]\njulia = "1.9"', format], []],
    [
      ['[compat]\njulia = "newest"', format, "1.11"],
      ["Project.toml:2:1 warning julia-not-in-compat: `newest` is not a range of versions"],
    ],
    [["", `${format}project_hash = "da39a3ee5e6b4b0d3255bfef95601890afd80709"\n`], []],
    [
      ["", `${format}project_hash = "${"0".repeat(40)}"\n`],
      [
        "Manifest.toml:2:1 warning manifest-out-of-date: [deps] or [compat] of `Project.toml` has changed since the manifest was made",
      ],
    ],
    [['[workspace]\nprojects = ["a"]', `${format}project_hash = "${"0".repeat(40)}"\n`], []],
    [
      [
        `[deps]\nExample = "${example}"\n[compat]\nExample = "0.6"`,
        `${format}${registered}version = "0.5.3"\n`,
      ],
      [
        "Project.toml:4:1 warning manifest-out-of-date: the manifest has Example 0.5.3, but [compat] asks for `0.6`",
      ],
    ],
    [
      [
        `[deps]\nExample = "${example}"\n[compat]\nExample = "0.5"`,
        `${format}${registered}version = "0.5.3"\n`,
      ],
      [],
    ],
    [
      ["", `${format}${registered}repo-url = "git@git.example.com:team/Example.jl"\n`],
      [
        "Manifest.toml:2:3 warning git-over-ssh: `Example` is fetched over ssh, from `git@git.example.com:team/Example.jl`, but the build has no ssh key",
      ],
    ],
    [
      ["", `[[Example]]\nuuid = "${example}"\nrepo-url = "ssh://git.example.com/Example.jl"\n`],
      [
        "Manifest.toml:1:3 warning git-over-ssh: `Example` is fetched over ssh, from `ssh://git.example.com/Example.jl`, but the build has no ssh key",
      ],
    ],
    [["", `${format}${registered}repo-url = "https://git.example.com/Example.jl"\n`], []],
    ...["../Example", "/src/Example", "a/../../Example", ".."].map(
      (path) =>
        [
          ["", `${format}${entry}path = "${path}"\n`],
          [
            `Manifest.toml:2:3 error path-outside-context: \`Example\` is in \`${path}\`, which is not in the build context`,
          ],
        ] as const,
    ),
    ...["C:\\\\Example", "..\\\\Example", "lib\\\\Example", "D:/Example"].map(
      (path) =>
        [
          ["", `${format}${entry}path = "${path}"\n`],
          [
            `Manifest.toml:2:3 error windows-path: \`Example\` is in \`${path.replaceAll("\\\\", "\\")}\`, a path that only Windows can follow`,
          ],
        ] as const,
    ),
    ...["Example", "./a/b", ".", "..Example"].map(
      (path) => [["", `${format}${entry}path = "${path}"\n`], []] as const,
    ),
  ];

  it.each(cases)("of %j", (texts, expected) => {
    const { diagnostics } = read(...texts);
    expect(summaries(diagnostics)).toEqual(expected);
    expectSpansInside(diagnostics);
  });

  it("allow a path dependency beside a project that is not at the top of the context", () => {
    const manifest = (path: string) => ({
      name: "apps/web/Manifest.toml",
      text: `${format}${entry}path = "${path}"\n`,
    });
    const projectFile = { name: "apps/web/Project.toml", text: "" };
    expect(readProject({ projectFile, manifest: manifest("../../libs/Example") }).diagnostics).toEqual([]);
    expect(
      summaries(readProject({ projectFile, manifest: manifest("../../../Example") }).diagnostics),
    ).toHaveLength(1);
  });

  it("do not ask for an ssh key that the spec mounts", () => {
    const texts = {
      projectFile: { name: "Project.toml", text: "" },
      manifest: {
        name: "Manifest.toml",
        text: `${format}${registered}repo-url = "git@git.example.com:Example.jl"\n`,
      },
    };
    expect(readProject(texts, undefined, { ...nothingGiven, ssh: true }).diagnostics).toEqual([]);
    expect(readProject(texts, undefined, { ...nothingGiven, secrets: true }).diagnostics).toEqual([]);
    expect(readProject(texts).diagnostics).toHaveLength(1);
  });

  it("never crash, and stay inside the files", () => {
    const words = fc.constantFrom(
      "[deps]",
      "[[deps.A]]",
      "name",
      "uuid",
      "=",
      `"${example}"`,
      "\n",
      "deps",
      "[",
      "]",
      "{",
      "}",
      ".",
      '"A"',
      "manifest_format",
      '"2.0"',
      "preferences",
    );
    const keys = fc.constantFrom(
      "manifest_format",
      "julia_version",
      "project_hash",
      "name",
      "manifest",
      "deps",
      "deps.A",
      "compat.julia",
      "workspace.projects",
      "A",
    );
    const values = fc.oneof(
      fc.constantFrom(
        '"2.0"',
        "{}",
        "[{}]",
        "[[]]",
        "1",
        "2000-01-01",
        `[{ uuid = "${example}", deps = [{}] }]`,
      ),
      fc.json(),
    );
    const pairs = fc.array(fc.tuple(keys, values));
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      pairs.map((list) => list.map(([key, value]) => `${key} = ${value}`).join("\n")),
      fc.array(words).map((parts) => parts.join(" ").replaceAll(" \n ", "\n")),
    );
    fc.assert(
      fc.property(text, text, text, (project, manifest, preferences) => {
        const { value, diagnostics } = read(project, manifest, "1.11", preferences);
        expectSpansInside(diagnostics);
        expect(value === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
      }),
      { numRuns: 500 },
    );
  });
});

describe("a megabyte of hostile text", () => {
  const size = 1024 * 1024;
  const header = 'manifest_format = "2.0"\n';
  const uuid = (index: number) => `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
  const entries = (count: number, entry: (index: number) => string) =>
    header + Array.from({ length: count }, (_, index) => entry(index)).join("");
  it.each([
    ["keys", Array.from({ length: 90_000 }, (_, index) => `k${index} = 1`).join("\n")],
    ["a list", `a = [${"1,".repeat(size / 2)}]`],
    ["open brackets", `a = ${"[".repeat(size)}`],
    ["a dotted key", `${"a.".repeat(size / 2)}a = 1`],
    ["entries without UUIDs", entries(50_000, (index) => `[[deps.P${index}]]\n`)],
    [
      "entries of one name",
      entries(16_000, (index) => `[[deps.P]]\nuuid = "${uuid(index)}"\ndeps = ["P"]\n`),
    ],
    [
      "unknown names",
      entries(13_000, (index) => `[[deps.P${index}]]\nuuid = "${uuid(index)}"\ndeps = ["Q"]\n`),
    ],
    ["a long bound", `[compat]\njulia = "${"1,".repeat(size / 4)}1"`],
  ])("is read or refused in time that grows with its size only: %s", (_name, text) => {
    const start = performance.now();
    read(text, header);
    const between = performance.now();
    read("", text);
    expect(between - start).toBeLessThan(10_000);
    expect(performance.now() - between).toBeLessThan(10_000);
  });
});

describe("a manifest of 500 packages", () => {
  const uuid = (index: number) => `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
  const numbers = Array.from({ length: 500 }, (_, index) => index);
  const manifest = numbers
    .map((index) => {
      const dependencies = numbers.slice(Math.max(0, index - 5), index).map((number) => `"P${number}"`);
      return `[[deps.P${index}]]\ndeps = [${dependencies}]\ngit-tree-sha1 = "${"0".repeat(40)}"\nuuid = "${uuid(index)}"\nversion = "1.0.0"\n`;
    })
    .join("\n");

  it("is planned at once", { timeout: 1000 }, () => {
    const { value } = read(`[deps]\nP499 = "${uuid(499)}"`, format + manifest);
    expect(value && dependencyEnvironment(value).packages.length).toBe(500);
  });
});
