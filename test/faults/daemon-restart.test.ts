import { afterAll, beforeAll, expect, inject, it, type TestContext } from "vitest";
import { describeOnFreshEngines } from "../e2e/fresh-engines.ts";
import { Scenario, specText } from "../e2e/scenario.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { buildDisturbed, buildInTime, type DisturbedBuild, stepTime } from "./disturbed-build.ts";
import { type Content, contentOf } from "./image-content.ts";
import { projectOf, type Variant } from "./project.ts";
import { type Random, randomFor } from "./random.ts";
import { upTo } from "./settings.ts";
import { stepProcesses, stepRuns } from "./step-processes.ts";
import { count } from "./tally.ts";

type Task = TestContext["task"];

describeOnFreshEngines("a daemon that is killed", ["containerd", "overlay2"], ({ fresh, julia, store }) => {
  const { seed, restarts } = inject("faults");
  let server: PkgServer;
  let undisturbed: Content;
  let time: number;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    const scenario = await Scenario.create(fresh(), {});
    await write(scenario, "new versions");
    const result = await succeed(scenario);
    undisturbed = await contentOf(scenario);
    time = stepTime(result, "dependency");
    await scenario.remove();
  });

  afterAll(() => server.stop());

  async function write(scenario: Scenario, variant: Variant): Promise<void> {
    await scenario.write(await projectOf(julia, variant));
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
  }

  async function succeed(scenario: Scenario, task?: Task) {
    if (task !== undefined) count(task, "builds");
    const result = await buildInTime(scenario);
    expect(result.code, result.log).toBe(0);
    return result;
  }

  /** A cache that a build has finished with outlives the daemon; one that is new may not. */
  async function newScenario(withCache: boolean, task: Task): Promise<Scenario> {
    const scenario = await Scenario.create(fresh(), {});
    if (withCache) {
      await write(scenario, "old versions");
      await succeed(scenario, task);
    }
    await write(scenario, "new versions");
    return scenario;
  }

  /** Kills the daemon while the step runs, and starts it again. */
  async function interrupted(scenario: Scenario, after: number, task: Task): Promise<DisturbedBuild> {
    const act = async (): Promise<boolean> => {
      const isRunning = await stepRuns(scenario.cacheId, "dependency");
      if (isRunning) await fresh().crash();
      return isRunning;
    };
    count(task, "builds");
    const built = await buildDisturbed(scenario, { step: "dependency", after, act });
    if (built.struck) await fresh().restart();
    return built;
  }

  /** The step may be faster than it was: then once more, and earlier. */
  async function caught(random: Random, task: Task): Promise<{ scenario: Scenario } & DisturbedBuild> {
    const withCache = random.chance(0.6);
    let after = random.fraction() * time;
    for (let tries = 1; ; tries++) {
      const scenario = await newScenario(withCache, task);
      const built = await interrupted(scenario, after, task);
      if (built.struck || tries === 4) return { scenario, ...built };
      await scenario.remove();
      after /= 2;
    }
  }

  it.for(upTo(restarts))("restart %i, while the dependency step runs", async (number, { task }) => {
    const { scenario, result, struck } = await caught(randomFor(seed, `restart ${number} ${store}`), task);
    expect(struck, result.log).toBe(true);
    count(task, "kills of the daemon");
    expect(result.code, result.log).not.toBe(0);
    expect(result.log).toMatch(/error reading from server|connection|EOF|Unavailable/i);
    const isLeft = (await stepProcesses(scenario.cacheId)).length > 0;
    if (isLeft) count(task, "steps that outlived their daemon");
    const { log } = await succeed(scenario, task);
    if (log.includes("Waiting for a step"))
      count(task, "builds that waited for a step that outlived its daemon");
    if (!/(\d+) packages in the manifest, \1 to download/.test(log)) {
      count(task, "caches that outlived their daemon");
    }
    expect(await contentOf(scenario)).toEqual(undisturbed);
    await scenario.remove();
  });
});
