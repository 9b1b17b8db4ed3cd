import { describe, expect, it } from "vitest";
import { readSpec } from "../../../../src/buildfile/read-spec.ts";
import { runInit } from "../../../../src/cli/init/run-init.ts";
import { UsageError } from "../../../../src/cli/tool-options.ts";
import { type Files, folderOf } from "../memory-folder.ts";

const uuid = "7876af07-990d-54b4-ab0e-23690620f79a";
const project = `name = "App"\nuuid = "10000000-0000-0000-0000-000000000000"\n[deps]\nExample = "${uuid}"\n`;
const manifest = (julia: string) =>
  `julia_version = "${julia}"\nmanifest_format = "2.0"\n[[deps.Example]]\nuuid = "${uuid}"\nversion = "0.5.3"\n`;

async function init(files: Files, ...args: readonly string[]) {
  const folder = folderOf(files);
  return { ...(await runInit(args, folder)), written: folder.written };
}

/** What the spec says, which has to be without fault. */
function values(text = "") {
  const { spec, diagnostics } = readSpec({ name: "julia.toml", text }, new Map());
  expect(diagnostics).toEqual([]);
  return { julia: spec?.base, project: spec?.project, main: spec?.main, module: spec?.module };
}

describe("init", () => {
  it("writes a spec for the Julia that made the manifest, and says why", async () => {
    const files = { "Project.toml": project, "Manifest.toml": manifest("1.11.7"), "main.jl": "" };
    const { exitCode, stdout, written } = await init(files);
    expect(exitCode).toBe(0);
    expect(values(written["julia.toml"])).toMatchObject({
      julia: "docker.io/library/julia:1.11",
      project: ".",
      main: "main.jl",
    });
    expect(stdout).toContain("Wrote julia.toml and .dockerignore.\n");
    expect(stdout).toContain('julia = "1.11": Manifest.toml was made by Julia 1.11.7');
    expect(written[".dockerignore"]).toContain(".git\n");
  });

  it.each([
    ['julia = "1.10"', "1.12"],
    ['julia = "~1.10"', "1.10"],
    ['julia = "1.10 - 1.11"', "1.11"],
    ["", "1.12"],
  ])("takes without a manifest the newest Julia that %j allows", async (bound, expected) => {
    const { written, stdout } = await init({ "Project.toml": `${project}[compat]\n${bound}\n` });
    expect(values(written["julia.toml"]).julia).toBe(`docker.io/library/julia:${expected}`);
    expect(stdout).toContain("there is no Manifest.toml");
  });

  it("finds what the project is run by", async () => {
    const app = { "Project.toml": `${project}[apps]\napp = {}\n`, "main.jl": "" };
    expect(values((await init(app)).written["julia.toml"])).toMatchObject({ module: "App", main: undefined });
    const declared = {
      "Project.toml": project,
      "src/App.jl": "module App\nfunction (@main)(args)\nend\nend\n",
    };
    expect(values((await init(declared)).written["julia.toml"]).module).toBe("App");
    const inBin = { "Project.toml": project, "bin/serve.jl": "", "src/App.jl": "module App\nend\n" };
    expect(values((await init(inBin)).written["julia.toml"]).main).toBe("bin/serve.jl");
    const nothing = await init({ "Project.toml": project });
    expect(nothing.stdout).toContain("Note: nothing to run was found");
  });

  it("finds the one project in a folder below, or takes the one that is named", async () => {
    const one = { "service/Project.toml": project, "README.md": "" };
    expect(values((await init(one)).written["julia.toml"]).project).toBe("service");
    const two = { ...one, "worker/Project.toml": project, "worker/main.jl": "" };
    expect(await init(two)).toMatchObject({
      exitCode: 1,
      stderr: "There are several projects: service, worker. Name one: init service.\n",
      written: {},
    });
    const named = values((await init(two, "worker")).written["julia.toml"]);
    expect(named).toMatchObject({ project: "worker", main: "main.jl" });
  });

  it("tells of packages that need more", async () => {
    const { stdout } = await init({
      "Project.toml": '[deps]\nCUDA = "052768ef-5323-5732-b1bb-66c8b64840ba"\n',
    });
    expect(stdout).toContain("CUDA: docs/packages-that-need-more.md");
  });

  it("writes over nothing", async () => {
    const files = { "Project.toml": project, "julia.toml": "mine", ".dockerignore": "" };
    const refused = await init(files);
    expect(refused).toMatchObject({ exitCode: 1, written: {} });
    expect(refused.stderr).toContain("There is a julia.toml already");
    const { "julia.toml": _spec, ...rest } = files;
    const { written, stdout } = await init(rest);
    expect(Object.keys(written)).toEqual(["julia.toml"]);
    expect(stdout).toContain("there is a .dockerignore already");
  });

  it("prints the spec alone with --print, for the frontend that is named", async () => {
    const { stdout, stderr, written } = await init(
      { "Project.toml": project },
      "--print",
      "--frontend",
      "julia-frontend",
    );
    expect(written).toEqual({});
    expect(stdout).toMatch(/^# syntax=julia-frontend\n\njulia = "1\.12" # /);
    expect(stderr).toContain("julia = ");
  });

  it("takes the name of a file for what it is", async () => {
    const { written, stdout } = await init({
      "Project.toml": project,
      "main.jl": "",
      'bin/a"\nuser = "root".jl': "",
    });
    expect(values(written["julia.toml"]).main).toBe("main.jl");
    expect(written["julia.toml"]?.split("\n")).toHaveLength(5);
    expect(stdout).not.toContain("\nuser");
    const odd = await init({ "Project.toml": project, 'bin/a"\nuser = "root".jl': "" });
    expect(odd.written["julia.toml"]).not.toMatch(/^user/m);
  });

  it("says what is wrong", async () => {
    const above = await init({ "Project.toml": project }, "../other");
    expect(above).toMatchObject({ exitCode: 1, written: {} });
    expect(above.stderr).toMatch(/^\.\.\/other is not in the folder/);
    const readOnly = folderOf({ "Project.toml": project });
    const refuse = () => {
      throw new Error("EROFS: read-only file system");
    };
    expect(await runInit([], { ...readOnly, write: refuse })).toMatchObject({
      exitCode: 1,
      stderr: "julia.toml cannot be written: EROFS: read-only file system.\n",
    });
    expect((await init({ "README.md": "" })).stderr).toBe(
      "There is no Project.toml here, nor in a folder below.\n",
    );
    expect((await init({ "Project.toml": "name = 1\n" })).stderr).toMatch(/^Project\.toml cannot be read: /);
    expect((await runInit([], undefined)).stderr).toContain('-v "$PWD:/work"');
    await expect(runInit(["one", "two"], folderOf({}))).rejects.toThrow(UsageError);
    await expect(runInit(["--nonsense"], folderOf({}))).rejects.toThrow(UsageError);
  });
});
