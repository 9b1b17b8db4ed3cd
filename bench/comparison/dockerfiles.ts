import { isVersionAtLeast } from "../../test/engine/julia/julia-image.ts";
import type { Recipe } from "./contenders.ts";

/** Everything that is configuration goes along with the manifest: preferences are part of what is compiled. */
const configuration = "COPY *.toml ./\n";

function head({ julia, server, id, cpuTarget }: Recipe): string {
  return `FROM ${julia.image}
ENV BENCH_ID=${id} JULIA_PKG_SERVER=${server} JULIA_CPU_TARGET=${cpuTarget} JULIA_PKG_PRECOMPILE_AUTO=0 JULIA_PROJECT=/app
WORKDIR /app
`;
}

/**
 * The direct dependencies are named, since with a project of a name Julia 1.12 would look for its sources, which come later.
 * Julia 1.5's Pkg.precompile takes no names.
 */
function precompile({ julia }: Recipe): string {
  if (!isVersionAtLeast(julia.version, 1, 6)) return "Pkg.precompile()";
  return "Pkg.precompile(collect(String, keys(Pkg.project().dependencies)))";
}

function application({ application: name }: Recipe): string {
  const compile = name === undefined ? "" : `RUN julia -e 'import ${name}'\n`;
  return `COPY . .\n${compile}`;
}

/** What a careful person writes first: dependencies in a layer of their own, then the project. */
export function plainDockerfile(recipe: Recipe): string {
  return `${head(recipe)}${configuration}RUN julia -e 'using Pkg; Pkg.instantiate(); ${precompile(recipe)}'
${application(recipe)}`;
}

/**
 * The Dockerfile of Julia's forum: a depot that all builds share as a cache mount behind a link, copied into the image as a
 * whole and cleaned there.
 */
export function sharedCacheDockerfile(recipe: Recipe): string {
  const mount = `--mount=type=cache,id=${recipe.id},target=/mnt/julia-cache`;
  return `${head(recipe)}RUN ln -s /mnt/julia-cache /root/.julia
RUN ${mount},sharing=locked julia -e 'using Pkg; Pkg.Registry.add("General")'
${configuration}RUN ${mount},sharing=locked julia -e 'using Pkg; Pkg.instantiate(); ${precompile(recipe)}'
RUN ${mount} rm /root/.julia && mkdir /root/.julia && cp -rp /mnt/julia-cache/* /root/.julia/ \\
 && julia -e 'using Pkg, Dates; Pkg.gc(collect_delay = Day(0))'
${application(recipe)}`;
}

/** The script of {@link containerScriptsDockerfile}, which has to be in the build context under this name. */
export const precompileScript = "precompile-into-cache.jl";

/** The Dockerfile in the README of beacon-biosignals/julia-container-scripts, with a script of ours. */
export function containerScriptsDockerfile(recipe: Recipe): string {
  const mount = `--mount=type=cache,id=${recipe.id},sharing=shared,target=/mnt/julia-depot`;
  const load = `for name in keys(Pkg.project().dependencies) Base.require(Main, Symbol(name)) end`;
  return `${head(recipe)}RUN julia -e 'using Pkg; Pkg.Registry.add("General")'
${configuration}RUN julia -e 'using Pkg; Pkg.Registry.update(); Pkg.instantiate(); Pkg.build()' \\
 && find /root/.julia/packages -exec touch -m -t 197001010000 {} +
RUN ${mount} --mount=type=bind,source=${precompileScript},target=/tmp/${precompileScript} \\
 julia /tmp/${precompileScript} /mnt/julia-depot \\
 && julia -e 'using Pkg; ${load}'
${application(recipe)}`;
}
