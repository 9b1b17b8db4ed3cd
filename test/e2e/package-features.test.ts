import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue, UUIDS } from "../engine/packages/standard.ts";
import { readSteps } from "./build-log.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

describeOnEveryJulia("packages with more than source files", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });

  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  async function scenarioOf(deps: readonly string[], tables = ""): Promise<Scenario> {
    scenario = await Scenario.create(engine, await julia.project({ deps }));
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, tables }) });
    return scenario;
  }

  it("are built although they come from the cache, and what the script writes is in the image", async () => {
    await scenarioOf(["Sundial"]);
    await scenario.built();
    const { log } = await scenario.built({ args: ["--no-cache"] });
    const output = readSteps(log).find(({ name }) => name.startsWith("[depot] install"))?.output ?? [];
    expect(output[0]).toBe("1 package in the manifest, 0 to download");
    expect(output, "the same output compiles nothing again").toContain("Everything is compiled already");
    const { code, stdout, stderr } = await scenario.julia("import Sundial; print(Sundial.hours())");
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: "24" });
    expect(stderr).not.toMatch(signsOfCompiling);
  });

  it("fail the build with their log if their build script fails", async () => {
    await scenarioOf(["Quicksand"]);
    const { code, log } = await scenario.build();
    expect(code).not.toBe(0);
    expect(log).toContain("the ground gives way");
    expect(log).toContain("ERROR: the build script of Quicksand failed");
  });

  it("bring the artifacts of this platform, and lazy ones only if asked", async () => {
    await scenarioOf(["Inkwell_jll"]);
    await scenario.built();
    const artifacts = async () => [...(await scenario.files("/opt/julia/depot/artifacts")).keys()];
    expect((await artifacts()).filter((path) => path.endsWith("ink.txt"))).toHaveLength(1);
    expect((await artifacts()).filter((path) => path.endsWith("refill.txt"))).toEqual([]);
    await scenario.write({
      "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }).replace(
        "[pkg]",
        "[pkg]\nlazy-artifacts = true",
      ),
    });
    await scenario.built();
    expect((await artifacts()).filter((path) => path.endsWith("refill.txt"))).toHaveLength(1);
    // Now the cache holds it; a project that does not ask for it must not get it.
    await scenario.write({
      "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, env: { AGAIN: "1" } }),
    });
    await scenario.built();
    expect((await artifacts()).filter((path) => path.endsWith("refill.txt"))).toEqual([]);
    const run = "import Inkwell_jll; run(`$(Inkwell_jll.program())`)";
    expect((await scenario.julia(run)).stdout).toContain("Inkwell 1.1.0+0 for x86_64");
  });

  it("get a corrupt artifact again, and say so if it stays corrupt", async () => {
    await scenarioOf(["Inkwell_jll"]);
    server.fail("/artifact/", "corrupt", 1);
    const { log } = await scenario.built();
    expect(log).toContain("trying again");
    await scenario.remove();
    const spoiled = await startPkgServer(standardCatalogue());
    spoiled.fail("/artifact/", "corrupt", 1000);
    await scenarioOf(["Inkwell_jll"]);
    await scenario.write({ "julia.toml": specText({ julia, server: spoiled, cacheId: scenario.cacheId }) });
    const result = await scenario.build();
    await spoiled.stop();
    expect(result.code).not.toBe(0);
    expect(result.log).toContain("ERROR: the artifact Inkwell could not be installed");
  });

  it("that only a host has which is not reached: the error says what leads to it", async () => {
    const empty = await startPkgServer(standardCatalogue());
    empty.fail("/artifact/", { status: 404 }, 1000);
    await scenarioOf(["Inkwell_jll"]);
    await scenario.write({ "julia.toml": specText({ julia, server: empty, cacheId: scenario.cacheId }) });
    const { code, log } = await scenario.build();
    await empty.stop();
    expect(code, log).not.toBe(0);
    expect(log).toContain("ERROR: the artifact Inkwell could not be installed");
    // Pkg of Julia 1.5 keeps the reason of a failed download of an artifact to itself (`download_artifact` in Artifacts.jl).
    if (julia.isAtLeast(1, 6)) expect(log).toContain("The build does not reach that host.");
  });

  it("find scratch spaces that were filled at build time, as any user", async () => {
    await scenarioOf(["Pantry"]);
    await scenario.built();
    const { code, stdout, stderr } = await scenario.julia(
      'import Pantry; print(Pantry.SHELF[], " ", Pantry.flour())',
    );
    expect({ code, stdout }, stderr).toEqual({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`scratchspaces/${UUIDS.Pantry}/shelves a pound of flour$`)),
    });
    const write = 'import Pantry; write(joinpath(Pantry.SHELF[], "more.txt"), "more"); print("written")';
    const asImageUser = await scenario.run(["-e", write], ["--entrypoint=julia"]);
    expect(asImageUser.stdout, asImageUser.stderr).toBe("written");
    // What one user of a container writes may be run by another.
    const asAnother = await scenario.run(["-e", write], ["--entrypoint=julia", "--user=4242:4242"]);
    expect(asAnother.code).not.toBe(0);
    expect(asAnother.stdout).toBe("");
  });

  it("leave a record of what is in the image, in the log and as a file", async () => {
    await scenarioOf(["Letterpress"]);
    const { log } = await scenario.built();
    expect(log).toMatch(/package\s+version\s+source\s+artifacts\s+compiled/);
    const record = JSON.parse(
      (await scenario.run(["/opt/julia/depot/depot.json"], ["--entrypoint=cat"])).stdout,
    );
    expect(record.packages.map(({ name }: { name: string }) => name)).toEqual([
      "Colours",
      "Greetings",
      "Inkwell_jll",
      "Letterpress",
    ]);
    const inkwell = record.packages.find(({ name }: { name: string }) => name === "Inkwell_jll");
    expect(inkwell.artifactBytes).toBeGreaterThan(50);
    expect(inkwell.compiledBytes).toBeGreaterThan(100);
  });
});
