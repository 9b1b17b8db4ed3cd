import { afterAll, beforeAll, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

describeOnEngines("builds at the same time with one cache", (engine, _can, julia) => {
  let server: PkgServer;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });

  afterAll(() => server.stop());

  async function scenarioOf(cacheId: string, deps: readonly string[], pins = {}): Promise<Scenario> {
    return Scenario.create(engine, {
      ...(await julia.project({ deps, pins })),
      "julia.toml": specText({ julia, server, cacheId }),
    });
  }

  it("give each project its own versions, and the same project twice the same", async () => {
    const cacheId = `test-concurrent-${engine.store}-${Date.now()}`;
    const scenarios = await Promise.all([
      scenarioOf(cacheId, ["Greetings", "Almanac"]),
      scenarioOf(cacheId, ["Greetings", "Almanac"]),
      scenarioOf(cacheId, ["Greetings", "Almanac"], { Greetings: "1.0.0", Tally: "1.0.0" }),
    ]);
    const results = await Promise.all(scenarios.map((scenario) => scenario.build()));
    expect(
      results.map(({ code }) => code),
      results.map(({ log }) => log.slice(-2000)).join("\n"),
    ).toEqual([0, 0, 0]);
    const release =
      "import Greetings, Almanac; print(Greetings.release(), ' ', Almanac.Tally.release())".replace(
        "' '",
        '" "',
      );
    const runs = await Promise.all(scenarios.map((scenario) => scenario.julia(release)));
    expect(runs.map(({ stdout }) => stdout)).toEqual(["1.1.0 1.2.0", "1.1.0 1.2.0", "1.0.0 1.0.0"]);
    expect(runs.map(({ stderr }) => stderr).join()).not.toMatch(signsOfCompiling);
    await Promise.all(scenarios.map((scenario) => scenario.remove()));
  });
});
