import { engineAvailable } from "../test/engine/engine.ts";
import type { Engine, ImageStore } from "../test/engine/engine-client.ts";
import { buildFrontendImage } from "../test/engine/frontend-image.ts";
import type { JuliaImage } from "../test/engine/julia/julia-image.ts";
import { catalogueOf } from "../test/engine/packages/catalogue.ts";
import type { PackageFixture } from "../test/engine/packages/package-fixture.ts";
import { startPkgServer } from "../test/engine/packages/pkg-server.ts";
import { newestOf, withEngine } from "../test/engine/surroundings.ts";
import type { Surroundings } from "./frontend-spec.ts";

/** Runs a benchmark on an engine of this machine, with these packages on a Pkg server; says so if there is no engine. By default on the store of today's Docker, with the newest Julia. */
export async function onEngine(
  packages: readonly PackageFixture[],
  use: (
    engine: Engine,
    surroundings: Omit<Surroundings, "id">,
    registry: string,
    julias: readonly JuliaImage[],
  ) => Promise<void>,
  wanted?: ImageStore,
): Promise<void> {
  const available = await engineAvailable();
  if (available.kind === "none") {
    console.error(`The benchmark cannot run here. ${available.reason}`);
    process.exitCode = 1;
    return;
  }
  await withEngine(
    { store: wanted ?? available.stores.at(-1) ?? "overlay2" },
    async (engine, registry, julias) => {
      // FRONTEND_IMAGE names one that is there already, as for the tests.
      const frontend = process.env.FRONTEND_IMAGE || (await buildFrontendImage(engine, registry, "bench"));
      const server = await startPkgServer(catalogueOf(packages));
      try {
        const surroundings = { julia: newestOf(julias), server: server.url, frontend };
        await use(engine, surroundings, registry.address, julias);
      } finally {
        await server.stop();
      }
    },
  );
}
