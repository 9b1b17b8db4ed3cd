import type { Engine } from "../../test/engine/engine-client.ts";
import type { PackageFixture } from "../../test/engine/packages/package-fixture.ts";
import type { Files } from "../../test/engine/resolver/project-request.ts";
import type { Surroundings } from "../frontend-spec.ts";
import { planAlone, planAtOnce } from "./frontend-alone.ts";
import { packageCounts, projectWithArtifacts, projectWithFiles, projectWithPackages } from "./projects.ts";
import { buildAndRebuild, rebuildAtOnce } from "./rebuilds.ts";
import type { BigPoint, Series } from "./results.ts";

export const repetitions = 3;

/** What a series of projects is made of, and where it is built. */
export interface BigStage {
  readonly engine: Engine;
  readonly surroundings: Surroundings;
  /** The packages with artifacts; none if they are not measured. */
  readonly artifacts: readonly PackageFixture[];
}

/** Planning takes so little that more of it is needed. */
const planRuns = 10;

/** Projects with more packages are planned only. */
const mostBuilt = Number(process.env.BENCH_PACKAGES || 500);

type MeasureOne = (stage: BigStage, size: number) => Promise<Omit<BigPoint, "series" | "size">>;

const planned = (files: Files): Files => ({ ...files, "julia.toml": 'julia = "1.12"\n' });

/** Measures one size of a series. */
export const measureSize: Readonly<Record<Series, MeasureOne>> = {
  packages: async ({ engine, surroundings }, size) => {
    const files = projectWithPackages(size);
    const alone = await planAlone(planned(files), planRuns);
    if (size > mostBuilt) return alone;
    return { ...alone, ...(await buildAndRebuild(engine, surroundings, files, repetitions)) };
  },
  artifacts: async ({ engine, surroundings, artifacts }, size) => {
    const files = projectWithArtifacts(size, artifacts);
    const alone = await planAlone(planned(files), planRuns);
    // With a cache of its own: what is copied is all of it, whatever was there before.
    const own = { ...surroundings, id: `${surroundings.id}-${size}` };
    return { ...alone, ...(await buildAndRebuild(engine, own, files, repetitions)) };
  },
  files: async ({ engine, surroundings }, size) => {
    const files = projectWithFiles(size);
    const alone = await planAlone(planned(files), planRuns);
    const { rebuild = 0 } = await buildAndRebuild(engine, surroundings, files, repetitions);
    return { ...alone, rebuild };
  },
  builds: async ({ engine, surroundings }, size) => {
    const files = projectWithPackages(packageCounts[0]);
    const alone = await planAtOnce(planned(files), size, repetitions);
    if (packageCounts[0] > mostBuilt) return alone;
    const built = await rebuildAtOnce(engine, surroundings, files, { count: size, repetitions });
    return { ...alone, ...built };
  },
};
