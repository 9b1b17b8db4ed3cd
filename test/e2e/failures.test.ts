import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { readSteps } from "./build-log.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

describeOnEngines("a build that cannot succeed", (engine, can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });

  afterAll(async () => {
    await server.stop();
  });

  beforeEach(async () => {
    scenario = await Scenario.create(engine, await julia.project({ deps: ["Greetings"] }));
  });

  afterEach(async () => {
    await scenario.remove();
  });

  const spec = (top = "", tables = "") => specText({ julia, server, cacheId: scenario.cacheId, top, tables });

  async function failure(files: Readonly<Record<string, string>>): Promise<string> {
    await scenario.write(files);
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).not.toMatch(/^\s+at .*\.(c?js|ts):\d+/m);
    const { code: inspected } = await engine.docker(["image", "inspect", scenario.image], { check: false });
    expect(inspected, "no image is left").not.toBe(0);
    return log;
  }

  function expectLine(log: string, line: string): void {
    if (can.errorLines) {
      expect(log).toContain(`>>> ${line}`);
    }
  }

  it("points at every faulty line of the spec at once", async () => {
    const log = await failure({ "julia.toml": spec("user = 5", '[precompile]\ncpu-targte = "generic"') });
    expect(log).toContain("2 errors:");
    expect(log).toMatch(/julia\.toml:3:\d+: .*user/);
    expect(log).toMatch(/cpu-targte.*did you mean `cpu-target`\?/);
    expectLine(log, "user = 5");
    expectLine(log, 'cpu-targte = "generic"');
  });

  it("points at the place of a TOML syntax error", async () => {
    const log = await failure({ "julia.toml": spec('main = "main.jl') });
    expect(log).toMatch(/julia\.toml:3:\d+/);
    expectLine(log, 'main = "main.jl');
  });

  it("says that there is no Project.toml", async () => {
    await rm(join(scenario.folder, "Project.toml"));
    const log = await failure({ "julia.toml": spec() });
    expect(log).toContain("there is no Project.toml in the build context");
  });

  it("points at a dependency that the manifest lacks", async () => {
    const { "Project.toml": text = "" } = await julia.project({ deps: ["Greetings", "Tally"] });
    const log = await failure({ "julia.toml": spec(), "Project.toml": text });
    expect(log).toMatch(/Project\.toml:\d+:\d+: `Tally` is not in Manifest\.toml/);
    expectLine(log, "Tally = ");
  });

  it("points at the line that asks for a base image that does not exist", async () => {
    const log = await failure({
      "julia.toml": spec().replace(/^(julia|base) = .*$/m, 'base = "127.0.0.1:1/julia:nowhere"'),
    });
    expect(log).toContain("127.0.0.1:1/julia");
    expectLine(log, 'base = "127.0.0.1:1/julia:nowhere"');
  });

  it("names a package that fails to precompile and shows its error, once, at the end", async () => {
    const log = await failure({
      ...(await julia.project({ deps: ["Greetings", "Thornbush"] })),
      "julia.toml": spec(),
    });
    const { output } = readSteps(log).find(({ name }) => name.startsWith("[depot] install")) ?? {
      output: [],
    };
    // Once with the stack trace that Julia printed, and once in the last lines.
    expect(output.join("\n").match(/it is all thorns/g)).toHaveLength(2);
    expect(output.slice(-2)).toEqual([
      "ERROR: Thornbush failed to precompile: Thornbush cannot be compiled: it is all thorns",
      "To ship the image all the same, set strict = false under [precompile].",
    ]);
  });

  it("goes on without that package if the spec is not strict", async () => {
    await scenario.write({
      ...(await julia.project({ deps: ["Greetings", "Thornbush"] })),
      "julia.toml": spec("", "[precompile]\nstrict = false"),
    });
    const { code, log } = await scenario.build();
    expect(code, log).toBe(0);
    expect(log).toContain("WARNING: Thornbush failed to precompile");
  });

  it("names a Pkg server that cannot be reached", async () => {
    const log = await failure({ "julia.toml": spec().replace(server.url, "http://127.0.0.1:9") });
    expect(log).toContain("The Pkg server is http://127.0.0.1:9 ([pkg] server in the spec)");
    expectLine(log, "");
  });

  it("refuses a target that it does not have", async () => {
    await scenario.write({ "julia.toml": spec() });
    const { code, log } = await scenario.build({ args: ["--target=nothing"] });
    expect(code).not.toBe(0);
    expect(log).toContain("there is no target nothing; the targets are app, deps, depot");
  });
});
