// `npm run generate:examples`: has the Pkg of Julia 1.12 write the manifests of the examples. The expected plans follow with
// `npx vitest run --project unit test/unit/examples --update`; the changes are to be read.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { minorVersion } from "../engine/julia/julia-image.ts";
import { resolveProject } from "../engine/resolver/resolve-project.ts";
import { stopResolvers } from "../engine/resolver/resolver.ts";
import { startSurroundings } from "../engine/surroundings.ts";
import { exampleNames, examplesFolder } from "../examples/case.ts";
import { EXAMPLES_JULIA, examplePackages, exampleRequest, manifestPath } from "../examples/projects.ts";

const run = String(process.pid);
const { engines, julias, stop } = await startSurroundings();
const [engine] = engines;
const julia = julias.find(({ version }) => minorVersion(version) === EXAMPLES_JULIA);
try {
  if (engine === undefined || julia === undefined) {
    throw new Error(
      `the examples are made for Julia ${EXAMPLES_JULIA}; name an image with it in JULIA_IMAGES`,
    );
  }
  for (const name of exampleNames) {
    const path = manifestPath(name);
    if (path === undefined) continue;
    const { manifestToml } = await resolveProject(
      { engine, julia, run },
      examplePackages,
      exampleRequest(name),
    );
    await writeFile(join(examplesFolder, name, path), manifestToml);
    console.log(`examples/${name}/${path}`);
  }
} finally {
  if (engine !== undefined) await stopResolvers(engine, run);
  await stop();
}
