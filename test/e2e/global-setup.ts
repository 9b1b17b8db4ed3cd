import type { TestProject } from "vitest/node";
import { engineAvailable } from "../engine/engine.ts";
import { type Abilities, abilitiesOf, lacking } from "../engine/engine-abilities.ts";
import type { Engine, EngineAddress } from "../engine/engine-client.ts";
import { warnOfLittleSpace } from "../engine/free-space.ts";
import { buildFrontendImage } from "../engine/frontend-image.ts";
import type { JuliaImage } from "../engine/julia/julia-image.ts";
import { stopResolvers } from "../engine/resolver/resolver.ts";
import { isSmallBaseName, provideSmallBase } from "../engine/small-bases.ts";
import { startSurroundings } from "../engine/surroundings.ts";

export interface TestedEngine extends EngineAddress {
  readonly can: Abilities;
}

/** What the tests of one run share. */
export interface EndToEnd {
  /** Why there is no engine; the tests are skipped then. */
  readonly unavailable: string | undefined;
  readonly engines: readonly TestedEngine[];
  /** Images that every engine has, the newest Julia first. */
  readonly julias: readonly JuliaImage[];
  /** The number of the process whose run this is: tells what it started from what another did. */
  readonly run: string;
  /** `127.0.0.1:<port>` */
  readonly registry: string;
  /** What all scenarios that name nothing else have as the base of their image; empty: what they are built on. */
  readonly smallBase: string;
  /** Name of the frontend image, as it stands behind `# syntax=`. */
  readonly frontend: string;
}

declare module "vitest" {
  interface ProvidedContext {
    endToEnd: EndToEnd;
  }
}

/** Brings up the engines, builds the frontend image from this checkout, and takes down what it brought up. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = String(process.pid);
  const skip = async (reason: string): Promise<void> => {
    console.warn(`\nThe end to end tests are skipped: ${reason}\n`);
    const nothing = { engines: [], julias: [], registry: "", frontend: "", smallBase: "" };
    project.provide("endToEnd", { ...nothing, run, unavailable: reason });
  };
  const available = await engineAvailable();
  if (available.kind === "none") {
    await skip(available.reason);
    return async () => {};
  }
  await warnOfLittleSpace();
  const surroundings = await startSurroundings();
  const { engines, julias, registry } = surroundings;
  const [first] = engines as readonly [Engine];
  if (julias.length === 0) {
    await skip("no Julia can be had here; name an image in JULIA_IMAGES.");
    return () => surroundings.stop();
  }
  // FRONTEND_IMAGE names one that is there already: a release to be tried, say.
  const frontend = process.env.FRONTEND_IMAGE || (await buildFrontendImage(first, registry, "test"));
  project.provide("endToEnd", {
    unavailable: undefined,
    engines: await Promise.all(engines.map(tested)),
    ...{ julias, run, registry: registry.address, frontend },
    smallBase: await smallBaseOf(engines),
  });
  return async () => {
    await stopResolvers(first, run);
    await surroundings.stop();
  };
}

/** `SMALL_BASE=slim` puts the image of every scenario on that small base, to see that nothing fails on it. */
async function smallBaseOf(engines: readonly Engine[]): Promise<string> {
  const name = process.env.SMALL_BASE ?? "";
  if (name === "") return "";
  if (!isSmallBaseName(name)) throw new Error(`SMALL_BASE=${name} is no small base of the tests`);
  const images = await Promise.all(engines.map((engine) => provideSmallBase(engine, name)));
  return images[0] ?? "";
}

/** An engine as it can be handed to the tests' process, and what it can do. What it lacks is said once for all tests. */
async function tested(engine: Engine): Promise<TestedEngine> {
  const { store, host, client, environment } = engine;
  const can = await abilitiesOf(engine);
  for (const [ability, what] of Object.entries(lacking)) {
    if (!can[ability as keyof Abilities]) {
      console.warn(`\nThe tests ask less of the engine with the ${store} store: ${what}\n`);
    }
  }
  return { store, host, client, environment, can };
}
