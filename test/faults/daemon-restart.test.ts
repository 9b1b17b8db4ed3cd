import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeOnFreshEngines } from "../e2e/fresh-engines.ts";
import { Scenario, specText } from "../e2e/scenario.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { buildDisturbed, buildInTime, stepTime } from "./disturbed-build.ts";
import { type Content, contentOf } from "./image-content.ts";
import { projectOf } from "./project.ts";
import { randomFor } from "./random.ts";
import { upTo } from "./settings.ts";
import { stepRuns } from "./step-processes.ts";
import { count } from "./tally.ts";

describeOnFreshEngines("a daemon that is killed", ["containerd", "overlay2"], ({ fresh, julia, store }) => {
  const { seed, restarts } = inject("faults");
  let server: PkgServer;
  let scenario: Scenario;
  let undisturbed: Content;
  let time: number;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    scenario = await newScenario();
    const result = await buildInTime(scenario);
    expect(result.code, result.log).toBe(0);
    undisturbed = await contentOf(scenario);
    time = stepTime(result, "dependency");
    await scenario.remove();
  });

  afterAll(() => server.stop());

  async function newScenario(): Promise<Scenario> {
    const made = await Scenario.create(fresh(), await projectOf(julia, "new versions"));
    await made.write({ "julia.toml": specText({ julia, server, cacheId: made.cacheId }) });
    return made;
  }

  it.for(upTo(restarts))("restart %i, while the dependency step runs", async (number, { task }) => {
    const random = randomFor(seed, `restart ${number} ${store}`);
    const inProgress = await newScenario();
    const act = async (): Promise<boolean> => {
      const isRunning = await stepRuns(inProgress.cacheId, "dependency");
      await fresh().crash();
      return isRunning;
    };
    count(task, "builds");
    const after = random.fraction() * time;
    const { result, struck } = await buildDisturbed(inProgress, { step: "dependency", after, act });
    count(task, "kills of the daemon");
    await fresh().restart();
    // The daemon may have been killed when the step was just over: what comes then has to be right as well.
    expect(result.code, `${struck} ${result.log}`).not.toBe(0);
    expect(result.log).toMatch(/error reading from server|connection|EOF|Unavailable/i);
    count(task, "builds");
    const next = await buildInTime(inProgress);
    expect(next.code, next.log).toBe(0);
    expect(await contentOf(inProgress)).toEqual(undisturbed);
    await inProgress.remove();
  });
});
