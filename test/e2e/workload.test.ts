import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue, UUIDS } from "../engine/packages/standard.ts";
import { readSteps, stepsRun } from "./build-log.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

/** A server and its client in one process, over the loopback. */
const overTheLoopback = `
using Kiln, Sockets
server = listen(ip"127.0.0.1", 8000)
task = @async while isopen(server)
    client = accept(server)
    println(client, Kiln.bake(parse(Int, readline(client))))
    close(client)
end
client = connect(ip"127.0.0.1", 8000)
println(client, 4)
println("The kiln says ", readline(client))
close(server)
`;

const needs = "(needs Julia 1.10)";

describeOnEveryJulia("a workload", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;
  const canKeep = julia.isAtLeast(1, 10);

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  async function prepare(script: string, precompile = ""): Promise<void> {
    scenario = await Scenario.create(engine, await julia.project({ deps: [canKeep ? "Kiln" : "Greetings"] }));
    await writeSpec(precompile);
    await scenario.write({
      "warm.jl": script,
      "main.jl": "using Kiln\nprint(Kiln.bake(4))\n",
    });
  }

  async function writeSpec(precompile = ""): Promise<void> {
    const tables = `[precompile]\nworkload = "warm.jl"\n${precompile}`;
    const { cacheId } = scenario;
    await scenario.write({
      "julia.toml": specText({ julia, server, cacheId, top: 'main = "main.jl"', tables }),
    });
  }

  const stepOutput = (log: string) =>
    readSteps(log).find(({ name }) => name.includes("run warm.jl"))?.output ?? [];

  it.skipIf(!canKeep)(
    `is run once, and what it compiled is there when a container starts ${needs}`,
    async () => {
      await prepare(overTheLoopback);
      const { log } = await scenario.built();
      expect(stepOutput(log).join("\n")).toMatch(/The kiln says 10/);
      expect(stepOutput(log).join("\n")).toMatch(/The workload compiled [1-9]\d* methods, .*B, in /);

      const strict = ["--read-only", "--user=4242", "--env=HOME=/nowhere", "--env=JULIA_DEBUG=loading"];
      const started = await scenario.run([], strict);
      expect(started.stdout, started.stderr).toBe("10");
      expect(started.stderr).not.toMatch(signsOfCompiling);

      const times = await scenario.run(
        ["-c", "find /opt/julia/depot/startup -printf '%T@ %m %U\\n' | sort -u"],
        ["--entrypoint=sh", "--user=0"],
      );
      expect(times.stdout.split("\n")).toEqual(["1.0000000000 644 0", "1.0000000000 755 0", ""]);

      const load = ["-L", "/opt/julia/depot/startup/load.jl"];
      const traced = async (flags: readonly string[], before = "") => {
        const command = [...flags, "--trace-compile=stderr", "-e", `${before}import Kiln; Kiln.bake(4)`];
        return (await scenario.run(command, ["--entrypoint=julia", "--user=4242"])).stderr;
      };
      const bakes = /^.*Kiln.*bake.*$/m;
      expect(await traced([])).toMatch(bakes);
      // Julia 1.10 marks code in another way, which the look-alike of PrecompileTools does not know.
      if (!julia.isAtLeast(1, 12)) return;
      const withPackage = await traced(load);
      expect(withPackage).not.toMatch(bakes);
      expect(withPackage).not.toMatch(/filter!/);
      expect(await traced([], `include("${load[1]}"); `)).not.toMatch(bakes);
    },
  );

  it.skipIf(!canKeep)(
    `is run again when a source changes, while the dependencies stay as they are ${needs}`,
    async () => {
      await prepare(overTheLoopback);
      await scenario.built();
      await scenario.write({ "main.jl": "using Kiln\nprint(Kiln.bake(5))\n" });
      const { log } = await scenario.built();
      expect(stepsRun(log)).toEqual(["[app] run warm.jl and check that nothing is compiled at start"]);
      expect((await scenario.run([])).stdout).toBe("15");
    },
  );

  it.skipIf(!canKeep)(
    `that fails is no image, or one that starts without it if the spec is not strict ${needs}`,
    async () => {
      await prepare('println("so far")\nerror("the fire went out")\n');
      const { code, log } = await scenario.build();
      expect(code, log).not.toBe(0);
      expect(stepOutput(log).join("\n")).toContain("so far");
      expect(log).toMatch(/ERROR: the workload \/app\/warm\.jl failed: .*the fire went out/);
      await writeSpec("strict = false");
      expect((await scenario.built()).log).toMatch(/WARNING: the workload \/app\/warm\.jl failed: /);
      const { stdout, stderr } = await scenario.run([], ["--read-only", "--user=4242"]);
      expect(stdout, stderr).toBe("10");
    },
  );

  it.skipIf(!canKeep)(`that does not end is ended, with the processes that it started ${needs}`, async () => {
    await prepare('println("waiting")\nrun(`sleep 600`)\n', 'workload-timeout = "20s"');
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(stepOutput(log).join("\n")).toContain("waiting");
    expect(log).toContain("ERROR: the workload /app/warm.jl took longer than 20 s");
  });

  it.skipIf(!canKeep)(`that compiles nothing is a warning ${needs}`, async () => {
    await prepare("");
    expect((await scenario.built()).log).toContain("WARNING: the workload /app/warm.jl compiled nothing");
    expect((await scenario.run([])).stdout).toBe("10");
  });

  it.skipIf(!canKeep)(`needs PrecompileTools, and the error says how to get it ${needs}`, async () => {
    await prepare("");
    await scenario.write(await julia.project({ deps: ["Colours"] }));
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toContain("workload-needs-precompile-tools");
    expect(log).toContain('Pkg.add("PrecompileTools")');
  });

  it.skipIf(!canKeep)(`is refused where a preference has no workload run ${needs}`, async () => {
    await prepare(overTheLoopback);
    const { projectToml } = await julia.resolve({ deps: ["Kiln"] });
    await scenario.write({
      "Project.toml": `${projectToml}\n[extras]\nPrecompileTools = "${UUIDS.PrecompileTools}"\n`,
      "LocalPreferences.toml": "[PrecompileTools]\nprecompile_workloads = false\n",
    });
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toContain("workload-never-run");
    expect(stepsRun(log)).toEqual([]);

    // Without a manifest, what the project's environment is shows only when it has been made.
    await rm(join(scenario.folder, "Manifest.toml"));
    const resolved = await scenario.build();
    expect(resolved.code, resolved.log).not.toBe(0);
    expect(resolved.log).toContain("ERROR: the preference precompile_workloads of PrecompileTools is false");
  });

  it.skipIf(canKeep)("is refused for a Julia that cannot keep it", async () => {
    await prepare("");
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toMatch(/`precompile\.workload` has no effect in Julia/);
  });
});
