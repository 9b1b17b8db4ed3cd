import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { combinations } from "../e2e/coverage.ts";
import { type Julia, juliaOf } from "../e2e/julia.ts";
import { Scenario, specText } from "../e2e/scenario.ts";
import { titleOf } from "../e2e/suites.ts";
import { engineAvailable } from "../engine/engine.ts";
import { provideJulia } from "../engine/julia/provide.ts";
import { type PkgServer, startPkgServer } from "../engine/packages/pkg-server.ts";
import { standardCatalogue } from "../engine/packages/standard.ts";
import { type FreshEngine, startFreshEngine } from "../engine/private-engine.ts";
import { canMountFiles, makeSmallDisk, type SmallDisk } from "../engine/small-disk.ts";
import { stateSubfolder } from "../engine/state.ts";
import { buildDisturbed, buildInTime, stepTime } from "./disturbed-build.ts";
import { type Content, contentOf } from "./image-content.ts";
import { projectOf } from "./project.ts";
import { randomFor } from "./random.ts";
import { upTo } from "./settings.ts";
import { count } from "./tally.ts";

/** Room for a base image twice, while it is unpacked, and for what the builds make. */
const diskBytes = 4_000_000_000;

const canRun = (await engineAvailable()).kind === "private" && (await canMountFiles());
const { engines, julias } = inject("endToEnd");
// The classic store alone keeps everything, the cache too, where its daemon is told to.
const classic = { julias, engines: engines.filter(({ store }) => store === "overlay2") };
const title = "a full disk (needs an engine of our own with the classic store, and loop devices)";

describe.skipIf(!canRun || classic.engines.length === 0)(title, () => {
  for (const { julia, engine } of combinations(classic, "one Julia")) {
    describe(titleOf(julia, engine), () => suite(juliaOf(julia)));
  }
});

function suite(julia: Julia): void {
  const { seed, disks } = inject("faults");
  let server: PkgServer;
  let disk: SmallDisk;
  let engine: FreshEngine;
  let undisturbed: Content;
  let time: number;

  beforeAll(async () => {
    server = await startPkgServer(standardCatalogue());
    disk = await makeSmallDisk(await stateSubfolder(`small-disk-${process.pid}`), diskBytes);
    engine = await startFreshEngine("overlay2", { dataRoot: disk.folder });
    await provideJulia(engine, julia.image);
    const scenario = await newScenario();
    const result = await buildInTime(scenario);
    expect(result.code, result.log).toBe(0);
    undisturbed = await contentOf(scenario);
    time = stepTime(result, "dependency");
    await scenario.remove();
  });

  afterAll(async () => {
    await engine?.stop();
    await disk?.remove();
    await server.stop();
  });

  async function newScenario(): Promise<Scenario> {
    const scenario = await Scenario.create(engine, await projectOf(julia, "new versions"));
    await scenario.write({ "julia.toml": specText({ julia, server, cacheId: scenario.cacheId }) });
    return scenario;
  }

  it.for(upTo(disks))("filling %i, while a step runs", async (number, { task }) => {
    const random = randomFor(seed, `disk ${number}`);
    const scenario = await newScenario();
    const step = random.chance(0.75) ? "dependency" : "application";
    const after = step === "dependency" ? random.fraction() * time : 0;
    const left = random.pick([0, 0, 20_000, 200_000, 1_000_000]);
    const act = () => disk.fill(left).then(() => true);
    count(task, "builds");
    const { result, struck } = await buildDisturbed(scenario, { step, after, act });
    await disk.release();
    expect(struck, result.log).toBe(true);
    count(task, result.code === 0 ? "fillings that left enough" : "fillings of the disk");
    if (result.code !== 0) {
      // BuildKit repeats the last lines of the step that failed.
      expect(result.log.slice(result.log.indexOf("\n------\n"))).toMatch(/no space left/i);
    }
    count(task, "builds");
    const next = await buildInTime(scenario);
    expect(next.code, next.log).toBe(0);
    expect(await contentOf(scenario)).toEqual(undisturbed);
    await scenario.remove();
  });
}
