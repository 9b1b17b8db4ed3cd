import { afterAll, beforeAll, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

/** Two targets of this machine's architecture. */
const targets = process.arch === "arm64" ? "generic;cortex-a57,clone_all" : "generic;haswell,clone_all";

describeOnEveryJulia("an image compiled for two processors", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, await julia.project({ deps: ["Greetings", "Furnace"] }));
    const tables = `[precompile]\ncpu-target = "${targets}"\n`;
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, tables }) });
  });
  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  // Before Julia 1.9 compiled files hold no native code.
  it.skipIf(!julia.isAtLeast(1, 9))(
    "compiles nothing on either, nor on the oldest of the architecture (needs Julia 1.9)",
    async () => {
      await scenario.built();
      const libraries = [...(await scenario.files("/opt/julia/depot/compiled")).keys()];
      expect(libraries.filter((path) => path.endsWith(".so")).length).toBeGreaterThan(1);
      const code = 'import Greetings, Furnace; print(Greetings.greet("Ada"), Furnace.glow(5))';
      for (const target of ["native", "generic"]) {
        const { stdout, stderr } = await scenario.run(
          [`--cpu-target=${target}`, "-e", code],
          ["--entrypoint=julia", "--read-only", "--user=4242", "--env=JULIA_DEBUG=loading"],
        );
        expect(stdout, stderr).toBe("Hello, Ada!5");
        expect(stderr, target).not.toMatch(signsOfCompiling);
      }
    },
  );
});
