import type { Recipe } from "./contenders.ts";

/** Everything that is configuration goes along with the manifest: preferences are part of what is compiled. */
const configuration = "COPY *.toml ./\n";

function head({ julia, server, id, cpuTarget }: Recipe): string {
  return `FROM ${julia.image}
ENV BENCH_ID=${id} JULIA_PKG_SERVER=${server} JULIA_CPU_TARGET=${cpuTarget} JULIA_PKG_PRECOMPILE_AUTO=0 JULIA_PROJECT=/app
WORKDIR /app
`;
}

function application({ application: name }: Recipe): string {
  const compile = name === undefined ? "" : `RUN julia -e 'import ${name}'\n`;
  return `COPY . .\n${compile}`;
}

/** What a careful person writes first: dependencies in a layer of their own, then the project. */
export function plainDockerfile(recipe: Recipe): string {
  return `${head(recipe)}${configuration}RUN julia -e 'using Pkg; Pkg.instantiate(); Pkg.precompile()'
${application(recipe)}`;
}

/**
 * The Dockerfile of Julia's forum: a depot that all builds share as a cache mount behind a link, copied into the image as a
 * whole and cleaned there. Julia 1.5's Pkg.precompile takes no argument `strict`.
 */
export function sharedCacheDockerfile(recipe: Recipe): string {
  const mount = `--mount=type=cache,id=${recipe.id},target=/mnt/julia-cache`;
  return `${head(recipe)}RUN ln -s /mnt/julia-cache /root/.julia
RUN ${mount},sharing=locked julia -e 'using Pkg; Pkg.Registry.add("General")'
${configuration}RUN ${mount},sharing=locked julia -e 'using Pkg; Pkg.instantiate(); Pkg.precompile()'
RUN ${mount} rm /root/.julia && mkdir /root/.julia && cp -rp /mnt/julia-cache/* /root/.julia/ \\
 && julia -e 'using Pkg, Dates; Pkg.gc(collect_delay = Day(0))'
${application(recipe)}`;
}

/**
 * Compiles into the cache mount behind a link, in a folder of the project that is named by the manifest's content as the
 * README's script does, and copies the compiled files that loading uses. `Base.compilecache_path` is there since Julia 1.11;
 * before, all that are valid by name are copied.
 */
const precompileIntoCache = `using Pkg
cache, depot, project = "/mnt/julia-depot/compiled", joinpath(DEPOT_PATH[1], "compiled"), dirname(Base.active_project())
mkpath(cache); rm(depot; recursive = true, force = true); symlink(cache, depot)
place = string(project, "-", bytes2hex(Base.SHA1(Pkg.GitTools.blob_hash(joinpath(project, "Manifest.toml"))).bytes))
mkpath(place)
for name in readdir(project) cp(joinpath(project, name), joinpath(place, name); force = true) end
Base.set_active_project(joinpath(place, "Project.toml"))
Pkg.precompile(; strict = true)
packages = [Base.PkgId(uuid, info.name) for (uuid, info) in Pkg.dependencies()]
files = String[]
for package in packages
    paths = isdefined(Base, :compilecache_path) ? [Base.compilecache_path(package)] : Base.find_all_in_cache_path(package)
    append!(files, path for path in paths if path !== nothing && startswith(path, depot))
end
for name in readdir(joinpath(depot, "v$(VERSION.major).$(VERSION.minor)")), info in values(Pkg.Types.EnvCache().manifest)
    name in keys(info.exts) || continue
    extension = Base.PkgId(Base.uuid5(info.uuid, name), name)
    append!(files, Base.find_all_in_cache_path(extension))
end
rm(depot)
for file in files
    from = joinpath(cache, relpath(file, depot)); to = dirname(file); mkpath(to)
    for name in readdir(dirname(from))
        startswith(name, first(splitext(basename(from)))) && cp(joinpath(dirname(from), name), joinpath(to, name); force = true)
    end
end
`;

/** The Dockerfile in the README of beacon-biosignals/julia-container-scripts, with a script of ours. */
export function containerScriptsDockerfile(recipe: Recipe): string {
  const script = Buffer.from(precompileIntoCache).toString("base64");
  const load = `for name in keys(Pkg.project().dependencies) Base.require(Main, Symbol(name)) end`;
  return `${head(recipe)}RUN julia -e 'using Pkg; Pkg.Registry.add("General")'
${configuration}RUN julia -e 'using Pkg; Pkg.Registry.update(); Pkg.instantiate(); Pkg.build()' \\
 && find /root/.julia/packages -exec touch -m -t 197001010000 {} +
RUN --mount=type=cache,id=${recipe.id},sharing=shared,target=/mnt/julia-depot \\
 echo ${script} | base64 -d > /tmp/precompile.jl && julia /tmp/precompile.jl && rm /tmp/precompile.jl \\
 && julia -e 'using Pkg; ${load}'
${application(recipe)}`;
}
