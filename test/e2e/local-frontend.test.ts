import { readFile } from "node:fs/promises";
import { join } from "node:path";
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

  beforeAll(() => runDockerfile(engine, ["-t", name]));

  it("writes the first spec of a project", async () => {
    const scenario = await Scenario.create(engine, {
      ...(await julia.project({ deps: ["Greetings"] })),
      "main.jl": "",
    });
    const init = [
      "run",
      "--rm",
      "--network=none",
      "--volume",
      `${scenario.folder}:/work`,
      name,
      "init",
      "--frontend",
      name,
    ];
    const { stdout } = await engine.docker(init);
    expect(stdout).toContain("Wrote julia.toml and .dockerignore.");
    const spec = await readFile(join(scenario.folder, "julia.toml"), "utf8");
    // A manifest of Julia 1.5 does not say which Julia made it: then it is the newest that the project allows.
    const version = julia.isAtLeast(1, 7) ? julia.minor : "1.12";
    expect(spec).toMatch(new RegExp(`^# syntax=${name}\n\njulia = "${version}" # .*\nmain = "main.jl" # `));
    const again = await engine.docker(init, { check: false });
    expect(again).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("There is a julia.toml already"),
    });
    await scenario.remove();
  });

  it("is used by its name, and no registry is asked", async () => {
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
