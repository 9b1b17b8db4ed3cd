import { afterAll, beforeAll, expect, it } from "vitest";
import { runDockerfile } from "../engine/frontend-image.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const name = "julia-frontend-of-the-tests";

describeOnEngines("a frontend image in Docker's own store", (engine, _can, julia) => {
  let server: PkgServer;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  afterAll(async () => {
    await server.stop();
    await engine.docker(["image", "rm", "--force", name], { check: false });
  });

  it("is used by its name, and no registry is asked", async () => {
    await runDockerfile(engine, ["-t", name]);
    const scenario = await Scenario.create(engine, await julia.project({ deps: ["Greetings"] }));
    const spec = specText({ julia, server, cacheId: scenario.cacheId });
    await scenario.write({ "julia.toml": spec.replace(/^# syntax=.*$/m, `# syntax=${name}`) });
    const { log } = await scenario.built();
    expect(log).toContain(`docker-image://docker.io/library/${name}`);
    const run = await scenario.julia("using Greetings; print(1 + 1)");
    expect(run.stdout, run.stderr).toBe("2");
    await scenario.remove();
  });
});
