import { afterAll, beforeAll, expect, it } from "vitest";
import { catalogueOf } from "../engine/packages/catalogue.ts";
import { uuidFor } from "../engine/packages/generated.ts";
import { definePackage } from "../engine/packages/package-fixture.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

/** Its compiled file depends on a file that exists while it is built and not in the image. */
const weathervane = definePackage({
  name: "Weathervane",
  uuid: uuidFor("Weathervane"),
  version: "1.0.0",
  body: `
const WEATHER = "/var/tmp/weather.txt"
isfile(WEATHER) || write(WEATHER, "rain")
include_dependency(WEATHER)
wind() = read(WEATHER, String)`,
});

describeOnEveryJulia("an image whose base looks for packages elsewhere", (engine, _can, julia) => {
  it("is not built, and the error names the package, the line that asks for it and the reason", async () => {
    const server = await startPkgServer(standardCatalogue());
    const scenario = await Scenario.create(engine, await julia.project({ deps: ["Colours", "Greetings"] }));
    const base = `${scenario.image}-base`;
    const dockerfile = `FROM ${julia.image}\nENV JULIA_LOAD_PATH=@stdlib\n`;
    try {
      await engine.docker(["buildx", "build", "--load", "-t", base, "-"], { input: dockerfile });
      const spec = specText({ julia: { image: base }, server, cacheId: scenario.cacheId });
      await scenario.write({ "julia.toml": spec });
      const { code, log } = await scenario.build();
      expect(code, log).not.toBe(0);
      expect(log).toContain(
        "ERROR: the image would not find Colours (/app/Project.toml, line 2): no project or manifest in the image names it",
      );
    } finally {
      await scenario.remove();
      await engine.docker(["image", "rm", "--force", base], { check: false });
      await server.stop();
    }
  });
});

describeOnEveryJulia("an image that would compile at every start", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(catalogueOf([weathervane]));
    scenario = await Scenario.create(engine, await julia.project({ deps: ["Weathervane"] }, [weathervane]));
  });

  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  it("is not built, and the error names the package", async () => {
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
    const { code, log } = await scenario.build();
    expect(code).not.toBe(0);
    expect(log).toContain("ERROR: the image would compile Weathervane whenever it starts");
    expect((await engine.docker(["image", "inspect", scenario.image], { check: false })).code).not.toBe(0);
  });

  it("is built with a warning if the spec is not strict", async () => {
    const tables = "[precompile]\nstrict = false";
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, tables }) });
    const { log } = await scenario.built();
    expect(log).toContain("WARNING: the image would compile Weathervane whenever it starts");
  });
});
