import { chmod, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

const uuid = "a1d94c62-7e0f-4b38-9c15-60f2d8e73b4a";
const request = { deps: ["Letterpress"], name: "Studio", uuid };
const source = (answer: string) => `module Studio\nimport Letterpress\nanswer() = "${answer}"\nend\n`;

/** Prints what Julia compiled in this container: the names of packages, sorted. */
const printCompiled = `
root = joinpath(DEPOT_PATH[1], "compiled")
versions = isdir(root) ? readdir(root) : String[]
println("compiled: ", join(sort!([name for version in versions for name in readdir(joinpath(root, version))]), ","))`;

const stranger = "--user=1234:1234";

describeOnEveryJulia("the target dev", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;
  let files: Readonly<Record<string, string>>;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    files = { ...(await julia.project(request)), "src/Studio.jl": source("first"), "main.jl": "" };
    scenario = await Scenario.create(engine, files);
    const text = specText({ julia, server, cacheId: scenario.cacheId, top: 'main = "main.jl"' });
    await scenario.write({ "julia.toml": text });
    await scenario.built({ args: ["--target=dev"] });
  });
  beforeEach(() => scenario.write(files));
  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  /** Runs Julia code in the image with the project mounted, which whoever runs it may change. */
  async function work(code: string, ...options: readonly string[]) {
    const { folder, image } = scenario;
    for (const name of ["", ...(await readdir(folder, { recursive: true }))]) {
      const path = join(folder, name);
      await chmod(path, (await stat(path)).isDirectory() ? 0o777 : 0o666);
    }
    const mounted = ["--network=host", `--volume=${folder}:/app`, "--env=JULIA_DEBUG=loading"];
    const command = ["run", "--rm", ...mounted, ...options, image, "julia", "-e", code];
    return engine.docker(command, { check: false });
  }

  async function projectFiles(): Promise<Readonly<Record<string, string>>> {
    const names = Object.keys(files).toSorted();
    const texts = await Promise.all(names.map((name) => readFile(join(scenario.folder, name), "utf8")));
    return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""]));
  }

  it("starts the prompt in the project, and has git, the registries and no sources", async () => {
    const { stdout } = await engine.docker([
      ...["image", "inspect", scenario.image, "--format", "{{json .Config}}"],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ Cmd: ["julia"], WorkingDir: "/app", User: "1000:1000" });
    expect(JSON.parse(stdout).Entrypoint ?? []).toEqual([]);
    const script = "git --version && ls /app && ls -d /opt/julia/depot-user/registries/General*";
    const ran = await scenario.run(["sh", "-c", script]);
    expect(ran.stdout, ran.stderr).toMatch(
      /^git version .*\nManifest\.toml\nProject\.toml\n.*\/registries\/General/,
    );
  });

  it.each([
    ["the image's user", []],
    ["another", [stranger]],
  ])("loads what the mounted project depends on without compiling, as %s", async (_who, options) => {
    const code = `import Letterpress; println(Letterpress.press("Ada"))${printCompiled}`;
    const { stdout, stderr } = await work(code, ...options);
    expect(stdout, stderr).toMatch(/^Hello, Ada!.*\ncompiled: \n$/);
    expect(stderr).not.toMatch(signsOfCompiling);
  });

  it("runs the sources that are mounted, of which alone something is compiled", async () => {
    const code = `import Studio; println(Studio.answer())${printCompiled}`;
    const first = await work(code);
    expect(first.stdout, first.stderr).toBe("first\ncompiled: Studio\n");
    await scenario.write({ "src/Studio.jl": source("second") });
    const second = await work(code, stranger);
    expect(second.stdout, second.stderr).toBe("second\ncompiled: Studio\n");
  });

  it("keeps between containers what a volume keeps", async () => {
    const volume = `${scenario.image}-depot`;
    const options = [stranger, `--volume=${volume}:/opt/julia/depot-user`];
    try {
      await work("import Studio", ...options);
      const { stdout, stderr } = await work("import Studio; println(Studio.answer())", ...options);
      expect(stdout, stderr).toBe("first\n");
      expect(stderr).not.toMatch(/Precompiling|Recompiling/);
    } finally {
      await engine.docker(["volume", "rm", "--force", volume], { check: false });
    }
  });

  it("adds a package to the project for whoever runs it, and changes no other file", async () => {
    const before = await projectFiles();
    server.clear();
    const code = `using Pkg; Pkg.add("Tally"); import Tally, Letterpress; println(Tally.release())${printCompiled}`;
    const { stdout, stderr } = await work(code, stranger);
    expect(stdout, stderr).toMatch(/^1\.2\.0\ncompiled: (Studio,)?Tally(,TallyColoursExt)?\n$/m);
    const paths = server.requests().map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith("/package/"))).toHaveLength(1);
    expect(paths.filter((path) => path.startsWith("/registry/"))).toEqual([]);
    const after = await projectFiles();
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual(["Manifest.toml", "Project.toml"]);
    expect(after["Project.toml"]).toContain("Tally = ");
  });

  it("has tools that are not the project's, in the environment of the person", async () => {
    const code = `using Pkg; Pkg.activate("v$(VERSION.major).$(VERSION.minor)"; shared = true); Pkg.add("Tally")
Pkg.activate("/app"); import Tally; println(Tally.release(), " ", homedir())`;
    const { stdout, stderr } = await work(code, stranger);
    expect(stdout, stderr).toMatch(/^1\.2\.0 \/home\/julia$/m);
    expect(await projectFiles()).toEqual(files);
  });

  it("shares the dependency step with the image", async () => {
    const tag = `${scenario.image}-app`;
    const { ran } = await scenario.built({ tag });
    await engine.docker(["image", "rm", "--force", tag], { check: false });
    expect(ran.filter((name) => name.startsWith("[app] compile"))).toHaveLength(1);
    expect(ran.filter((name) => name.startsWith("[depot] install"))).toEqual([]);
  });
});
