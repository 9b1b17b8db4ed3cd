import { afterEach, beforeEach, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const request = { deps: ["Greetings"] };

describeOnEngines("an image with keep-registries", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeEach(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, await julia.project(request));
  });
  afterEach(async () => {
    await scenario.remove();
    await server.stop();
  });

  it("lets the image's user add a package in a container", async () => {
    const text = specText({ julia, server, cacheId: scenario.cacheId });
    await scenario.write({ "julia.toml": text.replace("[depot]", "[depot]\nkeep-registries = true") });
    const { log } = await scenario.built();
    expect(log).toContain("Copying the registries");
    server.clear();
    const code = `using Pkg; Pkg.activate(mktempdir()); Pkg.add("Tally"); import Tally; print(Tally.release())`;
    const { stdout, stderr } = await engine.docker(
      [
        ...["run", "--rm", "--network=host", "--env=HOME=/nowhere"],
        ...[`--env=JULIA_PKG_SERVER=${server.url}`, "--entrypoint=julia", scenario.image, "-e", code],
      ],
      { check: false },
    );
    expect(stdout, stderr).toContain("1.2.0");
    const asked = server.requests().map(({ path }) => path);
    expect(asked.filter((path) => path.startsWith("/registry/"))).toEqual([]);
  });

  it("is one that says so: without the key there are none", async () => {
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
    await scenario.built();
    const paths = [...(await scenario.files("/opt/julia")).keys()];
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => path.includes("/registries/"))).toEqual([]);
  });
});
