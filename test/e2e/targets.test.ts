import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue, UUIDS } from "../engine/packages/standard.ts";
import { STDLIB_UUIDS } from "../engine/packages/stdlib.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const uuid = "2f7b6c18-94e3-4d0a-b5c1-7a8d9e0f3b62";
const request = {
  ...{ deps: ["Colours"], name: "Ledger", uuid },
  tables: `[extras]
Tally = "${UUIDS.Tally}"
Test = "${STDLIB_UUIDS.Test}"
[targets]
test = ["Tally", "Test"]
`,
};
const sources = {
  "src/Ledger.jl": "module Ledger\nimport Colours\nsum(a, b) = a + b\nend\n",
  "test/runtests.jl": `using Ledger, Tally, Test
@test Ledger.sum(1, 2) == 3
println("arguments ", ARGS, " limit ", ENV["LIMIT"], " threads ", Threads.nthreads())
write(joinpath(ENV["TEST_RESULTS"], "report.xml"), "<testsuite/>")
`,
};

describeOnEngines("a target", (engine, can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  beforeEach(async () => {
    scenario = await Scenario.create(engine, { ...(await julia.project(request)), ...sources });
    const tables = '[test]\nargs = ["--quick"]\nthreads = 2\nenv = { LIMIT = "7" }\n';
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, tables }) });
  });
  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  it("test runs the tests with what only they need, and gives what they left", async () => {
    const output = ["--output", "type=local,dest=results"];
    const { code, log } = await scenario.buildWith(["-f", "julia.toml", "--target=test", ...output, "."]);
    expect(code, log).toBe(0);
    expect(log).toContain('arguments ["--quick"] limit 7 threads 2');
    // Pkg's temporary files of the time before the step went on as the image's user.
    expect(log).not.toContain("Failed to clean up");
    expect(await readFile(join(scenario.folder, "results/report.xml"), "utf8")).toBe("<testsuite/>");
    expect(existsSync(join(scenario.folder, "results/app"))).toBe(false);
    // The image of the same depot has nothing of the tests.
    const { ran } = await scenario.built();
    expect(ran.filter((name) => name.startsWith("[depot] install"))).toEqual([]);
    const files = [...(await scenario.files("/opt")).keys()];
    expect(files.filter((path) => path.includes("Colours")).length).toBeGreaterThan(0);
    expect(files.filter((path) => path.includes("Tally"))).toEqual([]);
  });

  it("test takes no lock for its own that an interrupted run left", async () => {
    const script = `compiled = mkpath(joinpath(DEPOT_PATH[1], "compiled"))
lock, other = joinpath.(compiled, ("left.ji.pidfile", "left.txt"))
println("lock: ", isfile(lock), ", other: ", isfile(other))
write(lock, "1 buildkitsandbox")
write(other, "")
`;
    const found: string[] = [];
    for (const run of ["first", "second"]) {
      await scenario.write({ "test/runtests.jl": `${script}# The ${run} run.\n` });
      const { code, log } = await scenario.build({ args: ["--target=test"] });
      expect(code, log).toBe(0);
      found.push(/lock: .*$/m.exec(log)?.[0] ?? "");
    }
    expect(found).toEqual(["lock: false, other: false", "lock: false, other: true"]);
  });

  it("test that fails shows what the tests printed", async () => {
    const wrong = sources["test/runtests.jl"].replace("== 3", "== 4");
    await scenario.write({ "test/runtests.jl": wrong });
    const { code, log } = await scenario.build({ args: ["--target=test"] });
    expect(code, log).not.toBe(0);
    expect(log).toContain("Ledger.sum(1, 2) == 4");
    expect(log).toContain("Evaluated: 3 == 4");
    expect(log).toContain("the tests of Ledger failed; what they printed stands above");
  });

  it("test is refused for a project that is no package", async () => {
    const { projectToml } = await julia.resolve(request);
    await scenario.write({ "Project.toml": projectToml.replace(/^(name|uuid|version) = .*\n/gm, "") });
    const { code, log } = await scenario.build({ args: ["--target=test"] });
    expect(code, log).not.toBe(0);
    expect(log).toContain("the target test runs the tests of a package, and this project is none");
  });

  it("depot gives a depot as a folder", async () => {
    const output = ["--output", "type=local,dest=depot"];
    const { code, log } = await scenario.buildWith(["-f", "julia.toml", "--target=depot", ...output, "."]);
    expect(code, log).toBe(0);
    const depot = join(scenario.folder, "depot/opt/julia/depot");
    expect(existsSync(join(depot, "packages/Colours"))).toBe(true);
    expect(existsSync(join(depot, "compiled"))).toBe(true);
    expect(existsSync(join(scenario.folder, "depot/usr"))).toBe(false);
  });

  it.skipIf(!can.bakeNetwork)(
    "shares the dependency step with the others of a bake file (needs bake with --allow)",
    async () => {
      const shared = { dockerfile: "julia.toml", network: "host", output: ["type=cacheonly"] };
      const targets = ["app", "deps", "test"];
      await scenario.write({
        "bake.json": JSON.stringify({
          group: { default: { targets } },
          target: Object.fromEntries(targets.map((target) => [target, { ...shared, target }])),
        }),
      });
      const { code, log } = await scenario.bake();
      expect(code, log).toBe(0);
      expect(log.match(/\d+\.\d+ 1 package in the manifest/g)).toHaveLength(1);
    },
  );
});
