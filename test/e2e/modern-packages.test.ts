import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { readSteps } from "./build-log.ts";
import { Scenario, signsOfCompiling, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

describeOnEveryJulia("a package as packages are today", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  async function prepare(...deps: readonly string[]): Promise<void> {
    scenario = await Scenario.create(engine, await julia.project({ deps }));
    await writeSpec();
  }

  async function writeSpec(pkg = ""): Promise<void> {
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId, pkg }) });
  }

  /** The code prints this, and nothing is compiled for it. */
  async function expectPrinted(code: string, printed: string | RegExp): Promise<void> {
    const { code: exit, stdout, stderr } = await scenario.julia(code);
    expect({ exit, stdout }, stderr).toEqual({ exit: 0, stdout: expect.stringMatching(printed) });
    expect(stderr).not.toMatch(signsOfCompiling);
  }

  async function artifactFiles(): Promise<readonly string[]> {
    const paths = [...(await scenario.files("/opt/julia/depot/artifacts")).keys()];
    return paths.map((path) => path.replace(/^.*\/artifacts\/[^/]+\//, "")).toSorted();
  }

  it.skipIf(!julia.isAtLeast(1, 6))(
    "depends on standard libraries in and outside of the system image (needs Julia 1.6)",
    async () => {
      await prepare("Weights");
      await scenario.built();
      await expectPrinted(
        'import Weights; print(Weights.balance(), " ", Weights.compression())',
        /^6\.5 1\./,
      );
    },
  );

  it.skipIf(!julia.isAtLeast(1, 6))("calls a shared library of a JLL (needs Julia 1.6)", async () => {
    await prepare("Metronome");
    await scenario.built();
    expect(await artifactFiles()).toEqual(["lib/libmetronome.so"]);
    await expectPrinted("import Metronome; print(Metronome.beats())", /^1234$/);
  });

  it.skipIf(!julia.isAtLeast(1, 7))(
    "has the artifact that its own script selects for the project (needs Julia 1.7)",
    async () => {
      await prepare("Compass");
      const points = "import Compass; print(Compass.points())";
      await scenario.built();
      await expectPrinted(points, /^It points north$/);
      await scenario.write({ "LocalPreferences.toml": '[Compass]\ndirection = "south"\n' });
      await scenario.built();
      expect(await artifactFiles()).toEqual(["needle.txt"]);
      await expectPrinted(points, /^It points south$/);
    },
  );

  it.skipIf(!julia.isAtLeast(1, 6))(
    "has the lazy artifacts that it takes while it is compiled, and the others if asked (needs Julia 1.6)",
    async () => {
      await prepare("Attic");
      await scenario.built();
      expect(await artifactFiles()).toEqual(["label.txt"]);
      await expectPrinted("import Attic; print(Attic.opened())", /^An old chest$/);
      await writeSpec("lazy-artifacts = true");
      await scenario.built();
      expect(await artifactFiles()).toEqual(["label.txt", "label.txt"]);
      await expectPrinted("import Attic; print(Attic.trunk())", /^An old trunk$/);
    },
  );

  it.skipIf(!julia.isAtLeast(1, 6))(
    "is compiled by the project's preferences, and again when they change (needs Julia 1.6)",
    async () => {
      await prepare("Lantern", "Greetings");
      const colour = "import Lantern; print(Lantern.colour())";
      await scenario.write({ "LocalPreferences.toml": '[Lantern]\ncolour = "amber"\n' });
      await scenario.built();
      await expectPrinted(colour, /^amber$/);
      await scenario.write({ "LocalPreferences.toml": '[Lantern]\ncolour = "green"\n' });
      const { log } = await scenario.built();
      const step = readSteps(log).find(({ name }) => name.startsWith("[depot] install"));
      expect(step?.output.filter((line) => / compiling /.test(line))).toEqual([
        expect.stringContaining("Lantern"),
      ]);
      await expectPrinted(colour, /^green$/);
    },
  );

  it.skipIf(!julia.isAtLeast(1, 9))(
    "brings the native code of what it ran while it was compiled (needs Julia 1.9)",
    async () => {
      await prepare("Furnace");
      await scenario.built();
      const traced = await scenario.run(
        ["--trace-compile=stderr", "-e", "import Furnace; print(Furnace.glow(5))"],
        ["--entrypoint=julia"],
      );
      expect(traced.stdout, traced.stderr).toBe("5");
      expect(traced.stderr.split("\n").filter((line) => line.includes("Furnace"))).toEqual([]);
    },
  );

  it("whose build script loads another that has a build script is built after it, once each", async () => {
    await prepare("Forge");
    await scenario.built();
    await expectPrinted("import Forge; print(Forge.heat())", /^707$/);
    const built = [...(await scenario.files("/opt/julia/depot/packages")).keys()];
    expect(built.filter((path) => path.endsWith("/deps/built.jl"))).toHaveLength(2);
  });
});
