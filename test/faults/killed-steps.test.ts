import { afterAll, beforeAll, describe, expect, inject, it, type TestContext } from "vitest";
import { runInCache } from "../e2e/cache-mount.ts";
import type { Julia } from "../e2e/julia.ts";
import { Scenario, specText } from "../e2e/scenario.ts";
import { describeOnEngines } from "../e2e/suites.ts";
import { engineAvailable } from "../engine/engine.ts";
import type { Abilities } from "../engine/engine-abilities.ts";
import type { Engine } from "../engine/engine-client.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import type { Files } from "../engine/resolver/project-request.ts";
import { buildDisturbed, buildInTime, type DisturbedBuild, stepTime } from "./disturbed-build.ts";
import { type Content, contentOf } from "./image-content.ts";
import { describeKill, type Kill, killPlan, reasons } from "./kill-plan.ts";
import { projectOf, sourceOf, type Variant, variants } from "./project.ts";
import { randomFor } from "./random.ts";
import { kill, stepProcesses } from "./step-processes.ts";
import { count } from "./tally.ts";

type Task = TestContext["task"];

// The processes of a Docker that someone else runs may be on another machine, or none of our business.
const isOurs = (await engineAvailable()).kind === "private";

describe.skipIf(!isOurs)("(needs an engine of our own)", () => {
  describeOnEngines("a step that is killed", suite);
});

function suite(engine: Engine, _can: Abilities, julia: Julia): void {
  const { seed, kills } = inject("faults");
  const { engines } = inject("endToEnd");
  const own = engines.findIndex(({ store }) => store === engine.store);
  const plan = killPlan(seed, kills).filter(({ number }) => number % engines.length === own);

  let server: PkgServer;
  let scenario: Scenario | undefined;
  let isClean = false;
  let runs = 0;
  const projects = new Map<Variant, Files>();
  const contents = new Map<Variant, Content>();
  /** How long the steps take, in milliseconds. */
  const times = { empty: 0, "sources only": 0, kept: 0, application: 0 };

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    for (const variant of variants) {
      projects.set(variant, await projectOf(julia, variant));
      const undisturbed = await freshScenario();
      await write(undisturbed, variant);
      const first = await succeed(undisturbed);
      contents.set(variant, await contentOf(undisturbed));
      runs += 1;
      await write(undisturbed, variant);
      const second = await succeed(undisturbed);
      times.empty = stepTime(first, "dependency");
      times.application = stepTime(first, "application");
      times.kept = stepTime(second, "dependency");
      times["sources only"] = (times.empty + times.kept) / 2;
      await undisturbed.remove();
    }
  });

  afterAll(async () => {
    await scenario?.remove();
    await server.stop();
  });

  const freshScenario = () => Scenario.create(engine, {});

  async function write(to: Scenario, variant: Variant, remark = ""): Promise<void> {
    const spec = specText({ julia, server, cacheId: to.cacheId, env: { RUN: String(runs) } });
    await to.write({ ...projects.get(variant), ...sourceOf(julia, remark), "julia.toml": spec });
  }

  async function succeed(of: Scenario, task?: Task) {
    if (task !== undefined) count(task, "builds");
    const result = await buildInTime(of);
    expect(result.code, result.log).toBe(0);
    return result;
  }

  /** The scenario whose build is to be killed. One that a failed test left is of no use. */
  async function scenarioFor({ cache, step }: Kill): Promise<Scenario> {
    if (scenario !== undefined && isClean && (cache !== "empty" || step === "application")) return scenario;
    await scenario?.remove();
    scenario = await freshScenario();
    return scenario;
  }

  /** Ends something of the step, or the client. Returns whether there was anything to end. */
  async function end(of: Scenario, { way, number }: Kill, client: AbortController): Promise<boolean> {
    const processes = await stepProcesses(of.cacheId);
    const [first, ...others] = processes;
    if (first === undefined) return false;
    const random = randomFor(seed, `process of kill ${number}`);
    switch (way) {
      case "all processes":
        return kill(random.chance(0.5) ? processes : [...processes].reverse()) > 0;
      case "one process":
        return kill([random.pick([others[0] ?? first, ...others.slice(1)])]) > 0;
      default:
        client.abort();
        return true;
    }
  }

  /** Builds until the step is caught at work: it may have been faster than expected. */
  async function buildKilled(of: Scenario, planned: Kill, task: Task): Promise<DisturbedBuild> {
    const { step, cache, way, moment, variant, number } = planned;
    let expected = step === "application" ? times.application : times[cache];
    for (let tries = 1; ; tries++) {
      if (step === "dependency" || tries > 1) runs += 1;
      await write(of, variant, `kill ${number}, try ${tries}`);
      const client = new AbortController();
      const by = way === "client interrupted" ? "SIGINT" : "SIGKILL";
      const act = () => end(of, planned, client);
      const disturbance = { step, after: moment * expected, act };
      count(task, "builds");
      const built = await buildDisturbed(of, disturbance, { cancel: { when: client.signal, by } });
      if (built.struck || tries === 4) return built;
      expect(built.result.code, built.result.log).toBe(0);
      expected = times.kept / 2 ** tries;
    }
  }

  it.for(plan.map((planned) => [describeKill(planned), planned] as const))(
    "%s",
    async ([, planned], { task }) => {
      const tested = await scenarioFor(planned);
      isClean = false;
      if (planned.cache === "sources only" && planned.step === "dependency") {
        await runInCache(tested, julia, "rm -rf compiled");
      }
      const { result, struck } = await buildKilled(tested, planned, task);
      expect(struck, result.log).toBe(true);
      count(task, `kills of the ${planned.step} step`);
      // Where one process was killed, its work may have been tried again.
      if (planned.way !== "one process") expect(result.code, result.log).not.toBe(0);
      if (result.code !== 0) expect(result.log).toMatch(reasons[planned.way]);
      if (planned.next !== planned.variant) await write(tested, planned.next);
      await succeed(tested, task);
      expect(await contentOf(tested)).toEqual(contents.get(planned.next));
      isClean = true;
    },
  );
}
