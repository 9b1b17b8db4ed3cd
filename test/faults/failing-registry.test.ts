import { afterAll, beforeAll, expect, inject, it, type TestContext } from "vitest";
import { describeOnFreshEngines } from "../e2e/fresh-engines.ts";
import { Scenario, specText } from "../e2e/scenario.ts";
import type { Engine } from "../engine/engine-client.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { type RegistryFault, type RegistryProxy, startRegistryProxy } from "../engine/registry-proxy.ts";
import { buildInTime } from "./disturbed-build.ts";
import { type Content, contentOf } from "./image-content.ts";
import { projectOf } from "./project.ts";
import { randomFor } from "./random.ts";
import { upTo } from "./settings.ts";
import { count } from "./tally.ts";

type Task = TestContext["task"];

/** With containerd's store all engines of one containerd share what any of them has, and no content is asked for. */
const stores = ["overlay2"] as const;

describeOnFreshEngines("a registry that spoils what it sends", stores, ({ engine, fresh, julia }) => {
  const { seed, pulls } = inject("faults");
  let server: PkgServer;
  let proxy: RegistryProxy;
  let undisturbed: Content;
  /** Names without the registry in front. */
  let base: string;
  let app: string;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    const { registry } = inject("endToEnd");
    proxy = await startRegistryProxy(registry);
    const scenario = await newScenario(engine);
    const result = await buildInTime(scenario);
    expect(result.code, result.log).toBe(0);
    undisturbed = await contentOf(scenario);
    // A seed of the very same dependencies would be taken as it is; this one is used as far as it goes.
    await scenario.write(await projectOf(julia, "old versions"));
    expect((await buildInTime(scenario)).code).toBe(0);
    base = `${scenario.image}-base:latest`;
    app = `${scenario.image}:latest`;
    for (const [from, to] of [
      [julia.image, base],
      [scenario.image, app],
    ] as const) {
      await engine.docker(["tag", from, `${registry}/${to}`]);
      await engine.docker(["push", "--quiet", `${registry}/${to}`]);
      await engine.docker(["image", "rm", `${registry}/${to}`]);
    }
    await scenario.remove();
  });

  afterAll(async () => {
    await proxy.stop();
    await server.stop();
  });

  async function newScenario(on: Engine, lines: { from?: string; seed?: string } = {}): Promise<Scenario> {
    const scenario = await Scenario.create(on, await projectOf(julia, "new versions"));
    const text = specText({ julia, server, cacheId: scenario.cacheId });
    const withBase =
      lines.from === undefined ? text : text.replace(/^(julia|base) = .*$/m, `base = "${lines.from}"`);
    const withSeed =
      lines.seed === undefined
        ? withBase
        : withBase.replace("[depot]\n", `[depot]\nseed = "${lines.seed}"\n`);
    await scenario.write({ "julia.toml": withSeed });
    return scenario;
  }

  /** Spoils some of the answers, or all: those about metadata, those with content, or both. */
  function spoil(name: string, task: Task): string {
    const random = randomFor(seed, name);
    const faults: readonly [RegistryFault, ...RegistryFault[]] = ["drop", "half", "half", { status: 503 }];
    const share = random.pick([0.3, 1, 1]);
    const [what, concerns] = random.pick<readonly [string, RegExp]>([
      ["everything", /(?:)/],
      ["manifests", /\/manifests\//],
      ["blobs", /\/blobs\//],
    ]);
    proxy.spoil((path) => {
      if (!concerns.test(path) || !random.chance(share)) return undefined;
      count(task, "spoiled answers of the registry");
      return random.pick(faults);
    });
    return `${100 * share} % of ${what}`;
  }

  async function buildSpoiled(scenario: Scenario, name: string, task: Task) {
    const spoiled = spoil(name, task);
    count(task, "builds");
    const result = await buildInTime(scenario).finally(() => proxy.spoil());
    count(task, result.code === 0 ? "builds with spoiled images that went on" : "builds with spoiled images");
    return { ...result, spoiled };
  }

  async function expectNextIsRight(scenario: Scenario, task: Task): Promise<void> {
    count(task, "builds");
    const next = await buildInTime(scenario);
    expect(next.code, next.log).toBe(0);
    expect(await contentOf(scenario)).toEqual(undisturbed);
    await scenario.remove();
  }

  it.for(upTo(pulls))("pull %i of the base image names it, or goes on", async (number, { task }) => {
    const name = `${proxy.address}/${base}`;
    const scenario = await newScenario(fresh(), { from: name });
    const { code, log, spoiled } = await buildSpoiled(scenario, `base ${number}`, task);
    if (code !== 0) expect(log.slice(log.indexOf("ERROR: ")), spoiled).toContain(name);
    await expectNextIsRight(scenario, task);
    await fresh().docker(["builder", "prune", "--all", "--force"]);
    await fresh().docker(["image", "rm", "--force", name], { check: false });
  });

  it.for(upTo(pulls))("pull %i of the seed names it, or does without", async (number, { task }) => {
    const name = `${proxy.address}/${app}`;
    const scenario = await newScenario(fresh(), { seed: name });
    const { code, log, spoiled } = await buildSpoiled(scenario, `seed ${number}`, task);
    if (code !== 0) expect(log.slice(log.indexOf("ERROR: ")), spoiled).toContain(name);
    await expectNextIsRight(scenario, task);
    await fresh().docker(["builder", "prune", "--all", "--force"]);
    await fresh().docker(["image", "rm", "--force", name], { check: false });
  });
});
