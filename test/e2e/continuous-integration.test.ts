import { cp, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, inject, it } from "vitest";
import type { Engine } from "../engine/engine-client.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import type { Files } from "../engine/resolver/project-request.ts";
import { readSteps, type Step } from "./build-log.ts";
import { describeOnFreshEngines } from "./fresh-engines.ts";
import type { Julia } from "./julia.ts";
import { Scenario, specText } from "./scenario.ts";

const patterns = fileURLToPath(new URL("../../docs/ci", import.meta.url));
const uuid = "2c9f7e31-5a64-4d0b-b8c7-1e3f6a0d9b74";

async function project(julia: Julia, name: string, ...deps: readonly string[]): Promise<Files> {
  const imports = deps.map((dependency) => `import ${dependency}\n`).join("");
  return {
    ...(await julia.project({ deps, name, uuid })),
    [`src/${name}.jl`]: `module ${name}\n${imports}end\n`,
    "test/runtests.jl": `using ${name}\nprintln("tested ${name}")\n`,
  };
}

function inFolder(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [join(folder, path), text]));
}

// On the store of today's Docker, which is also BuildKit's own; test/e2e/seed.test.ts has both.
describeOnFreshEngines("the pattern for", ["containerd"], ({ engine, fresh, julia }) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  async function prepare(pattern: string, files: Files): Promise<void> {
    scenario = await Scenario.create(engine, files);
    await cp(join(patterns, pattern, "docker-bake.hcl"), join(scenario.folder, "docker-bake.hcl"));
    // The engine of the tests has no network of its own.
    const network = { network: "host" };
    await scenario.write({
      "network.json": JSON.stringify({ target: { _julia: network, default: network } }),
    });
    const spec = specText({ julia, server, cacheId: scenario.cacheId });
    const folders = new Set(
      Object.keys(files)
        .filter((path) => path.endsWith("/Project.toml") || path === "Project.toml")
        .map(dirname),
    );
    await scenario.write(
      Object.fromEntries([...folders].map((folder) => [join(folder, "julia.toml"), spec])),
    );
  }

  /** Runs the bake file on one runner; the variables are those that the CI system gives. Returns the steps by target. */
  async function bake(on: Engine, targets: readonly string[], variables: Readonly<Record<string, string>>) {
    server.clear();
    const files = ["-f", "docker-bake.hcl", "-f", "network.json"];
    const names = ["bake", "--progress=plain", "--allow=network.host", ...files, ...targets];
    const { code, stdout, stderr } = await on.docker(["buildx", ...names], {
      cwd: scenario.folder,
      check: false,
      environment: variables,
    });
    const log = `${stdout}${stderr}`;
    expect(code, log).toBe(0);
    return { log, steps: readSteps(log) };
  }

  const repository = () => `${inject("endToEnd").registry}/${scenario.image}`;
  const dependencySteps = (steps: readonly Step[]) =>
    // With several targets, bake puts the target's name into the brackets.
    steps.filter(({ name }) => name.includes("depot] install"));
  const downloads = () => server.requests().filter(({ path }) => /^\/(package|artifact)\//.test(path)).length;

  it("GitHub Actions builds a branch on a new runner from the main branch's image", async () => {
    await prepare("github-actions", await project(julia, "Gazette", "Letterpress", "Pantry"));
    const main = { IMAGE: repository(), COMMIT: "1", BRANCH: "main", SEED: "main" };
    const first = await bake(engine, ["--push"], main);
    expect(dependencySteps(first.steps)[0]?.name).toContain("without the seed");
    await scenario.write(await project(julia, "Gazette", "Letterpress", "Pantry", "Almanac"));
    const branch = { ...main, COMMIT: "2", BRANCH: "branch-2" };
    const second = await bake(fresh(), ["--push"], branch);
    expect(dependencySteps(second.steps)[0]?.name, second.log).toContain(
      `starting from ${repository()}:main`,
    );
    // Almanac, and Tally that it needs.
    expect(downloads(), second.log).toBe(2);
    await scenario.write({ "src/Gazette.jl": "module Gazette\nimport Almanac\nend\n" });
    const third = await bake(fresh(), ["--push"], { ...branch, COMMIT: "3", SEED: "branch-2" });
    expect(dependencySteps(third.steps), third.log).toEqual([]);
    await fresh().docker(["pull", "--quiet", `${repository()}:3`]);
    const code = "using Gazette; print(nameof(Gazette.Almanac))";
    const run = ["run", "--rm", "--network=none", "--entrypoint=julia", `${repository()}:3`, "-e", code];
    expect((await fresh().docker(run)).stdout).toBe("Almanac");
  });

  it("GitLab CI tests and builds on a new runner from the default branch's image", async () => {
    await prepare("gitlab-ci", await project(julia, "Courier", "Letterpress", "Pantry"));
    await bake(engine, ["app", "--push"], { IMAGE: repository(), COMMIT: "1", ALSO: "latest" });
    await scenario.write({ "src/Courier.jl": "module Courier\nend\n" });
    const tested = await bake(fresh(), ["test"], { IMAGE: repository(), COMMIT: "2" });
    expect(dependencySteps(tested.steps), tested.log).toEqual([]);
    expect(tested.log).toContain("tested Courier");
    const built = await bake(fresh(), ["app", "--push"], { IMAGE: repository(), COMMIT: "2" });
    expect(dependencySteps(built.steps), built.log).toEqual([]);
    expect(downloads()).toBe(0);
  });

  it("builders in Kubernetes starts every service from one depot", async () => {
    await prepare("kubernetes", {
      ...inFolder("everything", await project(julia, "Everything", "Letterpress", "Pantry", "Almanac")),
      ...inFolder("services/mail", await project(julia, "Mail", "Letterpress", "Almanac")),
      ...inFolder("services/print", await project(julia, "Print", "Pantry")),
    });
    await bake(engine, ["depot", "--push"], { IMAGE: repository() });
    const { log, steps } = await bake(fresh(), ["services", "--push"], { IMAGE: repository(), COMMIT: "1" });
    const made = dependencySteps(steps);
    expect(made.map(({ name }) => /^\[(\w+)/.exec(name)?.[1]).toSorted(), log).toEqual(["mail", "print"]);
    for (const { output } of made) {
      expect(output, log).toContainEqual(expect.stringMatching(/packages? in the manifest, 0 to download/));
      expect(output, log).toContain("Everything is compiled already");
    }
    expect(downloads()).toBe(0);
  });
});

it("each pattern names its bake file on the page about warm builds", async () => {
  const page = await readFile(join(patterns, "../warm-builds.md"), "utf8");
  for (const name of ["github-actions", "gitlab-ci", "kubernetes"]) {
    expect(page).toContain(`(ci/${name}/docker-bake.hcl)`);
  }
});
