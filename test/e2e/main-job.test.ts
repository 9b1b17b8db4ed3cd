import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { STANDARD_PACKAGES, standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

const application = {
  "src/Postcard.jl": `module Postcard

import Greetings

write_card(name) = string(Greetings.greet(name), " Wish you were here.")

end
`,
  "main.jl": `import Postcard\nprintln(Postcard.write_card(isempty(ARGS) ? "world" : ARGS[1]))\n`,
};

const identity = { name: "Postcard", uuid: "6a1f0c52-2b7d-4e0f-9c3a-8d5e7f1b2a64", version: "0.1.0" };

/** Names of the packages that a build downloaded. */
function downloaded(server: PkgServer): readonly string[] {
  const names = new Map(STANDARD_PACKAGES.map(({ uuid, name }) => [uuid, name]));
  return server
    .requests()
    .flatMap(({ path }) => names.get(/^\/package\/([^/]+)\//.exec(path)?.[1] ?? "") ?? [])
    .toSorted();
}

describeOnEveryJulia("the main job", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;
  const project = (...deps: readonly string[]) => julia.project({ deps, ...identity });

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, { ...(await project("Greetings")), ...application });
    await scenario.write({
      "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, top: 'main = "main.jl"' }),
    });
  });

  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  it("turns two lines and a project into an image that runs", async () => {
    const { log } = await scenario.built();
    expect(log).toContain("[depot] install and precompile 2 packages");
    expect(downloaded(server)).toEqual(["Colours", "Greetings"]);
    const { stdout } = await scenario.run(["Ada"]);
    expect(stdout).toBe("Hello, Ada! Wish you were here.\n");
  });

  it("compiles nothing when any dependency is loaded by another user without network and writable files", async () => {
    for (const name of ["Greetings", "Colours", "Postcard"]) {
      const load = `${name === "Colours" ? "import Greetings; const Colours = Greetings.Colours" : `import ${name}`}; print(nameof(${name}))`;
      const { code, stdout, stderr } = await scenario.julia(load);
      expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: name });
      expect(stderr).not.toMatch(signsOfCompiling);
    }
  });

  it("runs no program when nothing changed", async () => {
    server.clear();
    const { ran } = await scenario.built();
    expect(ran).toEqual([]);
    expect(server.requests()).toEqual([]);
  });

  it("runs only the application's step when a source changed", async () => {
    server.clear();
    await scenario.write({ "src/Postcard.jl": application["src/Postcard.jl"].replace("Wish", "I wish") });
    const { ran } = await scenario.built();
    expect(ran).toEqual(["[app] compile Postcard and check that nothing is compiled at start"]);
    expect(server.requests()).toEqual([]);
    expect((await scenario.run([])).stdout).toContain("I wish you were here.");
  });

  it("downloads and compiles only what is new when a dependency is added", async () => {
    const before = await scenario.files("/opt/julia/depot");
    server.clear();
    await scenario.write(await project("Greetings", "Almanac"));
    const { steps } = await scenario.built();
    expect(downloaded(server)).toEqual(["Almanac", "Tally"]);
    const step = steps.find(({ name }) => name.startsWith("[depot] install"));
    const compiled = step?.output.flatMap((line) => /compiling \[\d+\/\d+\] (.*)/.exec(line)?.[1] ?? []);
    // With Tally comes its extension for Colours, which is there already.
    const extension = julia.isAtLeast(1, 9) ? [expect.stringContaining("TallyColoursExt")] : [];
    expect(compiled?.toSorted()).toEqual(["Almanac", "Tally", ...extension]);
    const after = await scenario.files("/opt/julia/depot");
    const old = [...before.keys()].filter((path) => /\/(Colours|Greetings)\//.test(path));
    expect(old.length).toBeGreaterThan(4);
    expect(old.map((path) => after.get(path))).toEqual(old.map((path) => before.get(path)));
  });

  it("leaves out of the image what another project left in the cache", async () => {
    await scenario.write(await project("Greetings"));
    await scenario.built();
    const paths = [...(await scenario.files("/opt/julia")).keys()];
    const packages = paths.flatMap((path) => /\/packages\/([^/]+)\//.exec(path)?.[1] ?? []);
    expect(new Set(packages)).toEqual(new Set(["Colours", "Greetings"]));
    const compiled = paths.flatMap((path) => /\/compiled\/v[^/]+\/([^/]+)\//.exec(path)?.[1] ?? []);
    expect(new Set(compiled)).toEqual(new Set(["Colours", "Greetings", "Postcard"]));
    const tops = paths.flatMap((path) => /^\/opt\/julia\/depot\/([^/]+)/.exec(path)?.[1] ?? []);
    const ofSmall = inject("endToEnd").smallBase === "" ? [] : ["julia.json"];
    expect(new Set(tops)).toEqual(new Set(["packages", "compiled", "depot.json", ...ofSmall]));
  });
});
