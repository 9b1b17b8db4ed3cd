import { afterAll, beforeAll, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEveryJulia } from "./suites.ts";

/** The layers that a build of fewer than eight packages adds, in their order. */
const layerNames = ["artifacts", "compiled", "packages", "sources", "compiled project"] as const;
type Layers = Readonly<Record<(typeof layerNames)[number], string>>;

const application = { "src/Postcard.jl": "module Postcard\nimport Letterpress\nend\n" };

describeOnEveryJulia("layers", (engine, can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;
  let first: Layers;
  const uuid = "6a1f0c52-2b7d-4e0f-9c3a-8d5e7f1b2a64";
  const project = (...deps: readonly string[]) => julia.project({ deps, name: "Postcard", uuid });

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await Scenario.create(engine, {
      ...(await project("Letterpress", "Pantry")),
      ...application,
    });
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
    await scenario.built();
    first = await layers();
  });

  afterAll(async () => {
    await scenario.remove();
    await server.stop();
  });

  async function layers(): Promise<Layers> {
    const format = "{{json .RootFS.Layers}}";
    const { stdout } = await engine.docker(["image", "inspect", scenario.image, "--format", format]);
    const digests = (JSON.parse(stdout) as string[]).slice(-layerNames.length);
    return Object.fromEntries(layerNames.map((name, index) => [name, digests[index]])) as Layers;
  }

  it("of artifacts, packages and sources are byte for byte the same when an empty cache is filled again", async () => {
    const { cacheId } = scenario;
    const again = specText({ julia, server, cacheId }).replace(
      `cache-id = "${cacheId}"`,
      `cache-id = "${cacheId}-2"`,
    );
    await scenario.write({ "julia.toml": again });
    const { steps } = await scenario.built({ args: ["--no-cache"] });
    const output = steps.find(({ name }) => name.startsWith("[depot] install"))?.output ?? [];
    expect(output[0]).toBe("5 packages in the manifest, 5 to download");
    const second = await layers();
    expect(second.artifacts).toBe(first.artifacts);
    expect(second.packages).toBe(first.packages);
    // BuildKit 0.8 dates the project's folder, though not its content, by the clock.
    if (can.namedContexts) {
      expect(second.sources).toBe(first.sources);
    }
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId }) });
  });

  it("of the depot stay when the application changes", async () => {
    await scenario.built();
    const before = await layers();
    await scenario.write({ "src/Postcard.jl": `${application["src/Postcard.jl"]}# changed\n` });
    await scenario.built();
    const after = await layers();
    for (const name of ["artifacts", "packages", "compiled"] as const) {
      expect(after[name], name).toBe(before[name]);
    }
    expect(after.sources).not.toBe(before.sources);
  });

  it("of artifacts stay when a package without one is added", async () => {
    await scenario.write(await project("Letterpress", "Pantry", "Sundial"));
    await scenario.built();
    const after = await layers();
    expect(after.artifacts).toBe(first.artifacts);
    expect(after.packages).not.toBe(first.packages);
  });
});
