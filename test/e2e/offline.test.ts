import { afterAll, beforeAll, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

describeOnEngines("an offline build", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;
  const spec = (pkg: string) => specText({ julia, server, cacheId: scenario.cacheId, pkg });

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, await julia.project({ deps: ["Greetings"] }));
    await scenario.write({ "julia.toml": spec("") });
    await scenario.built();
    server.clear();
  });

  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  it("takes packages from the cache and asks nobody", async () => {
    await scenario.write({ "julia.toml": spec("offline = true") });
    const { log } = await scenario.built();
    expect(log).toContain("2 packages in the manifest, 0 to download");
    expect(server.requests()).toEqual([]);
    expect((await scenario.julia('using Greetings; print(Greetings.greet("Ada"))')).stdout).toBe(
      "Hello, Ada!",
    );
  });

  it("names the packages that the cache lacks", async () => {
    await scenario.write(await julia.project({ deps: ["Greetings", "Tally", "Ropewalk"] }));
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toContain("the cache lacks Ropewalk and Tally, and offline under [pkg] forbids to download");
    expect(server.requests()).toEqual([]);
  });
});
