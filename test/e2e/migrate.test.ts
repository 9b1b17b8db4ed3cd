import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { juliaLine } from "../engine/julia/julia-image.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, signsOfCompiling } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

const main = `using Greetings
println(Greetings.greet(get(ENV, "WHOM", "nobody")))
println(join(ARGS, "+"), " in ", pwd())
`;

describeOnEngines("a spec that was made of a Dockerfile", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  beforeEach(async () => {
    scenario = await Scenario.create(engine, await julia.project({ deps: ["Greetings"] }));
    await scenario.write({
      "main.jl": main,
      // A variable that differs in each run: BuildKit does not count the name of a cache when it looks for a result.
      Dockerfile: `FROM ${julia.image}
ENV JULIA_PKG_SERVER=${server.url} SCENARIO=${scenario.cacheId}
ENV WHOM=reader
WORKDIR /srv/greeter
COPY Project.toml Manifest.toml ./
RUN julia --project=. -e 'using Pkg; Pkg.instantiate(); Pkg.precompile()'
COPY . .
USER 1234
CMD ["julia", "--project=.", "main.jl", "a", "b"]
`,
    });
  });
  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  it("builds as it is written, and its image does what the Dockerfile's did", async () => {
    const { frontend } = inject("endToEnd");
    const volume = `${scenario.folder}:/work`;
    const migrate = ["run", "--rm", "--network=none", "--volume", volume, frontend, "migrate"];
    const { stdout } = await engine.docker([...migrate, "--frontend", frontend]);
    expect(stdout).toContain("Wrote julia.toml and .dockerignore.\nFrom Dockerfile:\n");
    expect(stdout).toContain(`line 2: pkg.server = "${server.url}": ENV JULIA_PKG_SERVER`);
    expect(stdout).not.toContain("Not carried over");
    const spec = await readFile(join(scenario.folder, "julia.toml"), "utf8");
    expect(spec).toContain(`${juliaLine(julia)} # line 1\n`);

    const { log } = await scenario.built();
    expect(log).toContain("2 packages in the manifest");
    const run = await scenario.run([], ["--env=JULIA_DEBUG=loading", "--read-only"]);
    expect(run.stdout, run.stderr).toBe("Hello, reader!\na+b in /srv/greeter\n");
    expect(run.stderr).not.toMatch(signsOfCompiling);
    const user = await scenario.run(["-u"], ["--entrypoint=id"]);
    expect(user.stdout).toBe("1234\n");
  });
});
