import { describe, expect, it } from "vitest";
import { readSpec } from "../../../src/buildfile/read-spec.ts";
import { lookAtProject } from "../../../src/engine/project-looks.ts";
import { parseJuliaVersion } from "../../../src/julia/julia-version.ts";
import { dependencyEnvironment } from "../../../src/project/dependency-environment.ts";
import { readIgnoreFile } from "../../../src/project/ignore-file.ts";
import type { Project } from "../../../src/project/project.ts";
import { readProjectTexts } from "../../../src/project/read-project-texts.ts";
import { summaries } from "../buildfile/harness.ts";
import { memoryContext, type Tree } from "./memory-context.ts";

const part = "10000000-0000-0000-0000-000000000000";
const deep = "20000000-0000-0000-0000-000000000000";
const plain = 'manifest_format = "2.0"\n';
const withPart = `${plain}[[deps.Part]]\npath = "lib/Part"\nuuid = "${part}"\n`;
const asksForPart = `[deps]\nPart = "${part}"\n`;

interface Options {
  readonly spec?: string;
  readonly julia?: string;
  readonly ignore?: string;
  readonly hasContext?: boolean;
  readonly runsTests?: boolean;
}

async function read(
  tree: Tree,
  { spec: text = "", julia: version = "1.12.2", runsTests = false, ...options }: Options = {},
) {
  const { spec, diagnostics: wrong } = readSpec({ name: "julia.toml", text: `julia = "1.12"\n${text}` });
  if (spec === undefined) {
    throw new Error(summaries(wrong).join("\n"));
  }
  const julia = parseJuliaVersion(version);
  const context = memoryContext(tree);
  const looks = await lookAtProject(spec, context, runsTests)(julia);
  const { value, diagnostics } = readProjectTexts(spec, looks, {
    julia,
    ignorePatterns: readIgnoreFile(options.ignore ?? ""),
    hasContext: () => options.hasContext ?? false,
    runsTests,
  });
  return { value, found: summaries(diagnostics), opened: context.opened };
}

describe("a project in a build context", () => {
  it("takes one look if all that counts lies in its folder", async () => {
    const { found, opened } = await read({ "Project.toml": "", "Manifest.toml": plain });
    expect(found).toEqual([]);
    expect(opened).toHaveLength(1);
  });

  it("is looked at for what it is run by, where the spec names nothing", async () => {
    const name = `name = "Part"\nuuid = "${part}"\n`;
    const tree = (source: string, tables = "") => ({
      "Project.toml": `${name}${tables}`,
      "Manifest.toml": plain,
      "src/Part.jl": source,
    });
    const found = async (source: string, options: Options & { readonly tables?: string } = {}) =>
      (await read(tree(source, options.tables), options)).found;
    const warning = "warning app-not-run: the project looks like an app, but the image starts the REPL";

    const declared = "module Part\nfunction (@main)(args)\n    print(1)\nend\nend\n";
    expect(await found(declared)).toEqual([`Project.toml:1:1 ${warning}`]);
    expect(await found("module Part\n(@main)(args) = 0\nend\n")).toHaveLength(1);
    expect(await found("module Part\nmain(args) = 0\n@main\nend\n")).toHaveLength(1);
    expect(await found("module Part\nmain(args = ARGS) = 0\nend\n")).toEqual([]);
    expect(await found("", { tables: "[apps]\npart = {}\n" })).toEqual([`Project.toml:3:2 ${warning}`]);

    for (const spec of ['module = "Part"\n', '[image]\ncmd = ["julia"]\n', '[image]\nentrypoint = ["sh"]\n'])
      expect(await found(declared, { spec })).toEqual([]);
    expect(await found(declared, { julia: "1.5.3" })).toEqual([]);
    expect(await found("", { tables: "[apps]\npart = 1\n" })).toEqual([
      "Project.toml:4:1 error invalid-project: `part` must be a table",
    ]);
  });

  it("is looked at for its script", async () => {
    const tree = { "Project.toml": "", "Manifest.toml": plain, "bin/main.jl": "", "src/x.jl": "" };
    const spec = 'main = "bin/main.jl"\n';
    expect((await read(tree, { spec })).found).toEqual([]);
    expect((await read(tree, { spec, ignore: "bin\n" })).found).toEqual([
      "2:1 error script-not-found: .dockerignore leaves the script `bin/main.jl` out",
    ]);
    expect((await read(tree, { spec: 'main = "mian.jl"\n' })).found).toEqual([
      "2:1 error script-not-found: there is no script `mian.jl` in the build context",
    ]);
    expect((await read(tree, { spec: 'main = "src"\n' })).found).toHaveLength(1);
  });

  it.each(["Project.toml", "Manifest.toml", "LocalPreferences.toml"])(
    "is refused if %s does not reach the image",
    async (name) => {
      const tree = { "Project.toml": "", "Manifest.toml": plain, "LocalPreferences.toml": "" };
      expect((await read(tree, { ignore: `${name}\n` })).found).toEqual([
        `${name}:1:1 error ignored-file: .dockerignore keeps this file out of the image`,
      ]);
    },
  );

  it("is refused with a byte order mark, once", async () => {
    const { found } = await read({ "Project.toml": "\ufeff[deps]\n", "Manifest.toml": plain });
    expect(found).toEqual([
      "Project.toml:1:1 error byte-order-mark: the file begins with a byte order mark, which Julia cannot read",
    ]);
  });

  it("is refused if its files are too large", async () => {
    const { found } = await read({ "Project.toml": "", "Manifest.toml": "#".repeat(9 << 20) });
    expect(found[0]).toBe(
      "Manifest.toml:1:1 error file-too-large: the file has 9437184 bytes, more than the 8388608 that are read",
    );
  });

  it("may name its manifest, which has to be there", async () => {
    const projectFile = 'manifest = "../env/Manifest.toml"\n';
    const spec = 'project = "app"\n';
    const tree = { "app/Project.toml": projectFile, "env/Manifest.toml": plain };
    expect((await read(tree, { spec })).found).toEqual([]);
    expect((await read({ "app/Project.toml": projectFile }, { spec })).found).toContain(
      "app/Project.toml:1:1 error manifest-not-found: the project's manifest is to be `../env/Manifest.toml`, which is not in the build context",
    );
    const above = projectFile.replace("../", "../../");
    expect((await read({ "app/Project.toml": above }, { spec })).found[0]).toContain("manifest-not-found");
  });
});

describe("the target test", () => {
  const projectFile = `version = "0.1.0"\nname = "Part"\nuuid = "${part}"\n`;
  const tree: Tree = { "Project.toml": projectFile, "Manifest.toml": plain };
  const tests = { "test/runtests.jl": "" };

  it("needs a script with tests, which no other target asks for", async () => {
    expect((await read({ ...tree, ...tests }, { runsTests: true })).found).toEqual([]);
    expect((await read(tree, { runsTests: true })).found).toEqual([
      "Project.toml:2:1 error no-tests: the target test runs `test/runtests.jl`, which is not in the build context",
    ]);
    expect((await read(tree)).found).toEqual([]);
    const folder = { ...tree, "test/runtests.jl/all.jl": "" };
    expect((await read(folder, { runsTests: true })).found).toHaveLength(1);
  });

  it("looks for it in the folder of the project", async () => {
    const inFolder = { "app/Project.toml": projectFile, "app/Manifest.toml": plain };
    const options = { spec: 'project = "app"\n', runsTests: true };
    expect((await read({ ...inFolder, ...tests }, options)).found).toEqual([
      "app/Project.toml:2:1 error no-tests: the target test runs `app/test/runtests.jl`, which is not in the build context",
    ]);
    expect((await read({ ...inFolder, "app/test/runtests.jl": "" }, options)).found).toEqual([]);
  });

  it("needs it to reach the image", async () => {
    expect((await read({ ...tree, ...tests }, { ignore: "test\n", runsTests: true })).found).toEqual([
      "Project.toml:2:1 error no-tests: the target test runs `test/runtests.jl`, and .dockerignore leaves it out",
    ]);
  });

  it("needs a package", async () => {
    const nameless = { ...tree, ...tests, "Project.toml": "" };
    const message = "error no-tests: the target test runs the tests of a package, and this project is none";
    expect((await read(nameless, { runsTests: true })).found).toEqual([`Project.toml:1:1 ${message}`]);
    const withoutUuid = { ...nameless, "Project.toml": 'name = "Part"\n' };
    expect((await read(withoutUuid, { runsTests: true })).found).toEqual([`Project.toml:1:1 ${message}`]);
  });
});

describe("links in a build context", () => {
  it("lead to a project's files, in chains too", async () => {
    const { value, found } = await read({
      "Project.toml": { link: "env/Project.toml" },
      "Manifest.toml": { link: "Other.toml" },
      "Other.toml": { link: "env/Manifest.toml" },
      "LocalPreferences.toml": { link: "env/prefs" },
      "env/Project.toml": asksForPart,
      "env/Manifest.toml": withPart,
      "env/prefs": "[Part]\na = 1\n",
      "lib/Part": { link: "../shared/Part" },
      "shared/Part/src/Part.jl": "",
    });
    expect(found).toEqual([]);
    expect(value?.localPreferences).toEqual({ Part: { a: 1n } });
    expect(value?.place.linked).toEqual(["env/Project.toml", "Other.toml", "env/Manifest.toml", "env/prefs"]);
  });

  it("lead to its folder", async () => {
    const tree = {
      current: { link: "releases/1" },
      "releases/1/Project.toml": "",
      "releases/1/Manifest.toml": plain,
    };
    const { value, found } = await read(tree, { spec: 'project = "current"\n' });
    expect(found).toEqual([]);
    expect(value?.place.folder).toBe("releases/1");
  });

  it("must not lead out of it", async () => {
    const outside = { link: "/etc/Manifest.toml" };
    expect((await read({ "Project.toml": "", "Manifest.toml": outside })).found[0]).toBe(
      "Manifest.toml:1:1 error link-outside-context: `Manifest.toml` is a link to `/etc/Manifest.toml`, which is not in the build context",
    );
    expect((await read({ app: { link: "../app" } }, { spec: 'project = "app"\n' })).found).toEqual([
      "app:1:1 error link-outside-context: `app` is a link to `../app`, which is not in the build context",
    ]);
    const tree = {
      "Project.toml": asksForPart,
      "Manifest.toml": withPart,
      "lib/Part": { link: "/src/Part" },
    };
    expect((await read(tree)).found).toEqual([
      "lib/Part/src/Part.jl:1:1 error link-outside-context: `lib/Part` is a link to `/src/Part`, which is not in the build context",
    ]);
  });

  it("are looked through by the ignore file", async () => {
    const tree = {
      "Project.toml": "",
      "Manifest.toml": { link: "env/Manifest.toml" },
      "env/Manifest.toml": plain,
    };
    expect((await read(tree, { ignore: "env\n" })).found[0]).toContain("ignored-file");
  });
});

describe("a path dependency", () => {
  const tree: Tree = { "Project.toml": asksForPart, "Manifest.toml": withPart };

  it("has to have sources", async () => {
    expect((await read({ ...tree, "lib/Part/src/Part.jl": "" })).found).toEqual([]);
    const missing =
      "Manifest.toml:2:3 error path-dependency-missing: `Part` is to be in `lib/Part`, but the build context has no `lib/Part/src/Part.jl`";
    expect((await read(tree)).found).toEqual([missing]);
    expect((await read({ ...tree, "lib/Part/README.md": "" })).found).toEqual([missing]);
  });

  it("must reach the image", async () => {
    const { found } = await read({ ...tree, "lib/Part/src/Part.jl": "" }, { ignore: "lib/*/src\n" });
    expect(found).toEqual([
      "Manifest.toml:2:3 error path-dependency-missing: `Part` is to be in `lib/Part`, but .dockerignore leaves `lib/Part/src/Part.jl` out",
    ]);
  });

  it("may come from a context of its own", async () => {
    expect((await read(tree, { hasContext: true })).found).toEqual([]);
  });

  it("may name another file (Julia 1.12), or be one", async () => {
    const named = withPart.replace("\nuuid", '\nentryfile = "Other.jl"\nuuid');
    expect((await read({ ...tree, "Manifest.toml": named, "lib/Part/Other.jl": "" })).found).toEqual([]);
    const file = withPart.replace('"lib/Part"', '"lib/Part.jl"');
    expect((await read({ ...tree, "Manifest.toml": file, "lib/Part.jl": "" })).found).toEqual([]);
  });
});

describe("a project without a manifest", () => {
  const files: Tree = {
    "tool/Project.toml": `${asksForPart}[sources]\nPart = {path = "../Part"}\n`,
    "Part/Project.toml": `name = "Part"\nuuid = "${part}"\n[deps]\nDeep = "${deep}"\n[sources]\nDeep = {path = "Deep"}\n`,
    "Part/src/Part.jl": "",
    "Part/Deep/JuliaProject.toml": `name = "Deep"\nuuid = "${deep}"\n`,
    "Part/Deep/src/Deep.jl": "",
  };
  const spec = 'project = "tool"\n';
  const chooses =
    "1:1 warning no-manifest: there is no Manifest.toml beside tool/Project.toml, so this build chooses the versions";

  it("takes packages from folders that [sources] names, and those that these need", async () => {
    const { value, found } = await read(files, { spec });
    expect(found.map((line) => line.replace("2:1", "1:1"))).toEqual([chooses]);
    expect(value?.unresolved?.sources.map(({ name, folder }) => [name, folder])).toEqual([
      ["Part", "Part"],
      ["Deep", "Part/Deep"],
    ]);
  });

  it("is refused if these are not there", async () => {
    const { "Part/Project.toml": _file, "Part/src/Part.jl": _source, ...rest } = files;
    expect((await read(rest, { spec })).found).toEqual([
      "tool/Project.toml:4:1 error path-dependency-missing: `Part` is to be in `../Part`, but the build context has no `Part/src/Part.jl`",
    ]);
    const { "Part/Project.toml": _other, ...without } = files;
    expect((await read(without, { spec })).found).toEqual([
      "tool/Project.toml:4:1 error path-dependency-missing: `Part` is to be in `../Part`, but there is no Project.toml",
    ]);
  });

  it("cannot take one of them from another context, whose Project.toml is not known yet", async () => {
    const { "Part/Project.toml": _file, "Part/src/Part.jl": _source, ...rest } = files;
    expect((await read(rest, { spec, hasContext: true })).found).toEqual([
      "tool/Project.toml:4:1 error path-dependency-missing: `Part` comes from a context of its own, and there is no manifest",
    ]);
  });

  it("is refused before Julia 1.11, which knows no [sources]", async () => {
    expect((await read(files, { spec, julia: "1.10.4" })).found).toContain(
      "tool/Project.toml:3:2 error sources-need-newer-julia: `[sources]` is not known to Julia 1.10, and there is no manifest",
    );
  });

  it("takes other projects of its workspace from their folders", async () => {
    const workspace: Tree = {
      "Project.toml": '[workspace]\nprojects = ["svc/", "libs"]\n[compat]\nDeep = "0.1.5"\n',
      "svc/Project.toml": `${asksForPart}`,
      "libs/Project.toml": '[workspace]\nprojects = ["Part"]\n',
      "libs/Part/Project.toml": `name = "Part"\nuuid = "${part}"\n`,
      "libs/Part/src/Part.jl": "",
    };
    const { value, found } = await read(workspace, { spec: 'project = "svc"\n' });
    expect(found).toHaveLength(1);
    expect(value?.unresolved?.sources.map(({ path, folder }) => [path, folder])).toEqual([
      ["../libs/Part", "libs/Part"],
    ]);
    expect(value?.place.manifestFolder).toBe(".");
    expect(value?.unresolved?.others).toHaveLength(3);
    expect(
      (await read(workspace, { spec: 'project = "svc"\n', julia: "1.11.1" })).value?.unresolved?.sources,
    ).toEqual([]);
  });
});

describe("a member of a workspace", () => {
  const tree: Tree = {
    "Project.toml": `[deps]\nPart = "${part}"\n[workspace]\nprojects = ["./apps/"]\n`,
    "LocalPreferences.toml": "[Part]\na = 1\n",
    "Manifest.toml": `${withPart}[[deps.Other]]\npath = "../Other"\nuuid = "${deep}"\n[[deps.Web]]\npath = "apps/Web"\nuuid = "30000000-0000-0000-0000-000000000000"\n`,
    "apps/Project.toml": '[workspace]\nprojects = ["Web/"]\n',
    "apps/LocalPreferences.toml": "",
    "apps/Web/Project.toml": `name = "Web"\nuuid = "30000000-0000-0000-0000-000000000000"\n${asksForPart}`,
    "lib/Part/src/Part.jl": "",
  };

  it("has the manifest and the preferences of the projects around it, and of the packages its own", async () => {
    const { value, found } = await read(tree, { spec: 'project = "apps/Web"\n' });
    expect(found).toEqual([]);
    expect([...(value?.resolved?.manifest.packages.values() ?? [])].map(({ name }) => name)).toEqual([
      "Part",
    ]);
    expect(value?.inherited.map(({ localPreferences }) => localPreferences)).toEqual([
      { Part: { a: 1n } },
      {},
    ]);
    expect(value?.place.files).toEqual([
      "apps/Web/Project.toml",
      "Manifest.toml",
      "Project.toml",
      "LocalPreferences.toml",
      "apps/Project.toml",
      "apps/LocalPreferences.toml",
    ]);
    expect(value && dependencyEnvironment(value.resolved as Project).localPreferencesToml).toBeUndefined();
  });
});
