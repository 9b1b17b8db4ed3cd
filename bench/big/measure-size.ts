import type { Engine } from "../../test/engine/engine-client.ts";
import type { Files } from "../../test/engine/resolver/project-request.ts";
import type { Surroundings } from "../frontend-spec.ts";
import { planAlone, planAtOnce } from "./frontend-alone.ts";
import { packageCounts, projectWithFiles, projectWithPackages } from "./projects.ts";
import { buildAndRebuild, rebuildAtOnce } from "./rebuilds.ts";
import type { BigPoint, Series } from "./results.ts";

export const repetitions = 3;

/** Planning takes so little that more of it is needed. */
const planRuns = 10;

/** Projects with more packages are planned only. */
const mostBuilt = Number(process.env.BENCH_PACKAGES || 500);

type MeasureOne = (
  engine: Engine,
  surroundings: Surroundings,
  size: number,
) => Promise<Omit<BigPoint, "series" | "size">>;

const planned = (files: Files): Files => ({ ...files, "julia.toml": 'julia = "1.12"\n' });

/** Measures one size of a series. */
export const measureSize: Readonly<Record<Series, MeasureOne>> = {
  packages: async (engine, surroundings, size) => {
    const files = projectWithPackages(size);
    const alone = await planAlone(planned(files), planRuns);
    if (size > mostBuilt) return alone;
    return { ...alone, ...(await buildAndRebuild(engine, surroundings, files, repetitions)) };
  },
  files: async (engine, surroundings, size) => {
    const files = projectWithFiles(size);
    const alone = await planAlone(planned(files), planRuns);
    const { rebuild = 0 } = await buildAndRebuild(engine, surroundings, files, repetitions);
    return { ...alone, rebuild };
  },
  builds: async (engine, surroundings, size) => {
    const files = projectWithPackages(packageCounts[0]);
    const alone = await planAtOnce(planned(files), size, repetitions);
    if (packageCounts[0] > mostBuilt) return alone;
    const built = await rebuildAtOnce(engine, surroundings, files, { count: size, repetitions });
    return { ...alone, ...built };
  },
};
