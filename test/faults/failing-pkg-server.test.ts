import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { Scenario, specText } from "../e2e/scenario.ts";
import { describeOnEngines } from "../e2e/suites.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { buildInTime } from "./disturbed-build.ts";
import { type Content, contentOf } from "./image-content.ts";
import { projectOf } from "./project.ts";
import { upTo } from "./settings.ts";
import { namesOf, spoilingOf } from "./spoiled-answers.ts";
import { count } from "./tally.ts";

/** A word of curl, of Downloads.jl or of our own about what went wrong with a download. */
const causes =
  /50[23]|damaged|not what the manifest|timed? ?out|too slow|reset|[Ee]mpty reply|closed|remaining|unexpected|invalid|mismatch|hash|truncated|could not|failed|corrupt/;

describeOnEngines("a Pkg server that spoils what it sends", (engine, _can, julia) => {
  const { seed, downloads } = inject("faults");
  const { engines } = inject("endToEnd");
  const own = engines.findIndex(({ store }) => store === engine.store);
  const catalogue = standardCatalogue();
  const rounds = upTo(downloads)
    .filter((number) => number % engines.length === own)
    .map((number) => spoilingOf(seed, number))
    .map((spoiling) => [spoiling.title, spoiling] as const);

  let server: PkgServer;
  const contents = new Map<boolean, Content>();

  beforeAll(async () => {
    server = await startPkgServer(catalogue);
    for (const withoutManifest of [false, true]) {
      const scenario = await newScenario(withoutManifest);
      const result = await buildInTime(scenario);
      expect(result.code, result.log).toBe(0);
      contents.set(withoutManifest, await contentOf(scenario));
      await scenario.remove();
    }
  });

  afterAll(() => server.stop());

  async function newScenario(withoutManifest: boolean): Promise<Scenario> {
    const scenario = await Scenario.create(engine, await projectOf(julia, "new versions"));
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
    if (withoutManifest) await rm(join(scenario.folder, "Manifest.toml"));
    return scenario;
  }

  it.for(rounds)("%s", async ([, { withoutManifest, choose, spoiled }], { task }) => {
    const scenario = await newScenario(withoutManifest);
    server.spoil((path) => {
      const fault = choose(path);
      if (fault !== undefined) count(task, "spoiled answers of the Pkg server");
      return fault;
    });
    count(task, "builds");
    const { code, log } = await buildInTime(scenario).finally(() => server.spoil());
    count(task, code === 0 ? "builds with spoiled downloads that went on" : "builds with spoiled downloads");
    if (code !== 0) {
      const error = log.slice(log.indexOf("ERROR: "));
      expect(error).toMatch(causes);
      expect(namesOf(spoiled, catalogue).some((name) => error.includes(name))).toBe(true);
    }
    count(task, "builds");
    const next = await buildInTime(scenario);
    expect(next.code, next.log).toBe(0);
    expect(await contentOf(scenario)).toEqual(contents.get(withoutManifest));
    await scenario.remove();
  });
});
