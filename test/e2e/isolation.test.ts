import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { runInCache } from "./cache-mount.ts";
import { Scenario, specText } from "./scenario.ts";
import { describeOnEngines } from "./suites.ts";

interface Built {
  readonly deps: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another than the scenario's. */
  readonly cacheId?: string;
  /** Further lines of `[pkg]`. */
  readonly pkg?: string;
}

describeOnEngines("what one build leaves in the cache", (engine, _can, julia) => {
  let server: PkgServer;
  let scenario: Scenario;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
  });
  afterEach(() => scenario.remove());
  afterAll(() => server.stop());

  /** Builds a project and returns the log. The project is one of two that share the cache. */
  async function built({ deps, env = {}, cacheId = scenario.cacheId, pkg = "" }: Built): Promise<string> {
    await scenario.write(await julia.project({ deps }));
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId, env, pkg }) });
    return (await scenario.built()).log;
  }

  /** Files of the depot that are neither packages nor compiled, with their content. */
  async function others(): Promise<ReadonlyMap<string, string>> {
    const files = await scenario.files("/opt/julia/depot");
    return new Map([...files].filter(([path]) => !/depot\/(packages|compiled|depot\.json)/.test(path)));
  }

  it("in a scratch space is not in the next one's image, which still has what its own packages put there", async () => {
    scenario = await Scenario.create(engine, {});
    const cellar = { deps: ["Cellar"] };
    await built({ ...cellar, cacheId: `${scenario.cacheId}-empty` });
    const fromEmpty = await others();
    expect([...fromEmpty.keys()]).toEqual([expect.stringMatching(/scratchspaces\/.*\/bottles\/label\.txt$/)]);
    await built({ ...cellar, env: { CELLAR_EXTRA: "secret-of-another" } });
    expect([...(await others()).keys()].join()).toContain("secret-of-another");
    await built(cellar);
    expect(await others()).toEqual(fromEmpty);
    const { code, stdout, stderr } = await scenario.julia("import Cellar; print(Cellar.label())");
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: "a good year" });
  });

  it.skipIf(!julia.isAtLeast(1, 6))(
    "of lazy artifacts that another project's preferences asked for is not in the image (needs Julia 1.6)",
    async () => {
      scenario = await Scenario.create(engine, {});
      const build = async (opened: string, cacheId: string) => {
        await scenario.write({ "LocalPreferences.toml": `[Attic]\nopened = "${opened}"\n` });
        await built({ deps: ["Attic"], cacheId });
        const { stdout, stderr } = await scenario.julia("import Attic; print(Attic.opened())");
        expect(stdout, stderr).toBe(`An old ${opened}`);
        return others();
      };
      const choices = ["chest", "trunk"] as const;
      const alone = new Map<string, ReadonlyMap<string, string>>();
      for (const opened of choices)
        alone.set(opened, await build(opened, `${scenario.cacheId}-${opened}-alone`));
      expect([...alone.values()].map((files) => files.size)).toEqual([1, 1]);
      for (const order of [choices, [...choices].reverse()]) {
        const cacheId = `${scenario.cacheId}-${order.join("-")}`;
        // Each once more after the other: the cache knows both by then.
        for (const opened of [...order, ...order])
          expect(await build(opened, cacheId), order.join()).toEqual(alone.get(opened));
      }
    },
  );

  it.skipIf(!julia.isAtLeast(1, 6))(
    "of a build that wants all lazy artifacts keeps none from one that wants those asked for (needs Julia 1.6)",
    async () => {
      scenario = await Scenario.create(engine, {});
      const attic = { deps: ["Attic"] };
      await built({ ...attic, cacheId: `${scenario.cacheId}-empty` });
      const fromEmpty = await others();
      expect(fromEmpty.size).toBe(1);
      await built({ ...attic, pkg: "lazy-artifacts = true" });
      expect((await others()).size).toBe(2);
      await built(attic);
      expect(await others()).toEqual(fromEmpty);
    },
  );

  it("in a scratch space is made again if the build was killed before it was kept", async () => {
    scenario = await Scenario.create(engine, {});
    const cellar = { deps: ["Cellar"] };
    await built(cellar);
    const undisturbed = await others();
    await runInCache(scenario, julia, "rm -r .frontend/scratch");
    expect(await built({ ...cellar, env: { AGAIN: "1" } })).toMatch(
      /It is not known what was left by compiling compiled\/.*Cellar/,
    );
    expect(await others()).toEqual(undisturbed);
    expect(await built({ ...cellar, env: { AGAIN: "2" } })).toContain("Everything is compiled already");
    expect(await others()).toEqual(undisturbed);
  });

  it("outside of Julia's folders of the depot is in its own image alone", async () => {
    scenario = await Scenario.create(engine, {});
    const log = await built({ deps: ["Orchard"] });
    expect(log).toContain("Build scripts left orchard in the depot");
    const { code, stdout, stderr } = await scenario.julia("import Orchard; print(Orchard.drink())");
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: "cider" });
    await built({ deps: ["Colours"] });
    expect([...(await others()).keys()]).toEqual([]);
  });

  it("cannot say where artifacts are taken from", async () => {
    scenario = await Scenario.create(engine, {});
    await built({ deps: ["Inkwell_jll"] });
    const before = await others();
    const [artifact = ""] = [...before.keys()].flatMap(
      (path) => /artifacts\/([0-9a-f]{40})\//.exec(path)?.[1] ?? [],
    );
    await runInCache(scenario, julia, `echo '${artifact} = "/etc"' > artifacts/Overrides.toml`);
    await built({ deps: ["Inkwell_jll"], env: { AGAIN: "1" } });
    expect(await others()).toEqual(before);
  });

  it("in the home folder of a step is said to be lost, and is not if it goes into the depot", async () => {
    scenario = await Scenario.create(engine, {});
    const lost = await built({ deps: ["Postbox"] });
    expect(lost).toMatch(/WARNING: the build script of Postbox wrote to \/root\/\.postbox/);
    const kept = await built({ deps: ["Postbox"], env: { POSTBOX_FOLDER: "/opt/julia/depot/postbox" } });
    expect(kept).not.toContain("WARNING");
    const { stdout, stderr } = await scenario.julia("import Postbox; print(Postbox.letter())");
    expect(stdout, stderr).toBe("Dear all");
  });

  it("beside the project, by a package that writes there when it is loaded, is no image", async () => {
    scenario = await Scenario.create(engine, await julia.project({ deps: ["Lodgings"] }));
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
    const { code, log } = await scenario.build();
    expect(code, log).not.toBe(0);
    expect(log).toMatch(/Lodgings cannot be loaded: .*permission denied/i);
    await built({ deps: ["Lodgings"], env: { LODGINGS_BACKEND: "Null" } });
    expect((await scenario.julia("import Lodgings; print(Lodgings.beds())")).stdout).toBe("2");
  });
});
