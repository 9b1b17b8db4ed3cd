import { afterAll, beforeAll, expect, it } from "vitest";
import { portableCpuTarget } from "../../src/plan/cpu-target.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

/** Two targets of this machine's architecture. */
const targets = process.arch === "arm64" ? "generic;cortex-a57,clone_all" : "generic;haswell,clone_all";

describeOnEveryJulia("the processors that images are compiled for by default", (engine, _can, julia) => {
  /** Julia does not start for a processor that it does not know: it takes it for one without any features. */
  const startsFor = async (processor: string) =>
    (
      await engine.docker(
        [
          "run",
          "--rm",
          "--network=none",
          "--entrypoint=julia",
          julia.image,
          "-C",
          processor,
          "-e",
          "print(1)",
        ],
        { check: false },
      )
    ).stdout === "1";

  it("are known to Julia", async () => {
    const [major = 0, minor = 0] = julia.version.split(".").map(Number);
    const architecture = process.arch === "arm64" ? "arm64" : "amd64";
    const names = portableCpuTarget({ os: "linux", architecture }, { major, minor })
      .split(";")
      .map((target) => target.split(",")[0] as string);
    expect(names.length).toBeGreaterThan(1);
    // Julia checks the processor that it runs on too, which need not be an Apple's.
    const checked = names.filter((name) => architecture === "amd64" || !/apple|carmel|thunder/.test(name));
    for (const name of checked) expect(await startsFor(name), name).toBe(true);
    expect(await startsFor("no-such-processor")).toBe(false);
  });
});

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
